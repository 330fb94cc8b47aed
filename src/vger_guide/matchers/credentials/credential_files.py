"""Files that are kept for credentials: known by a name that has no other purpose, each with a reader of its own.

A reader returns the places where a credential stands, so that a template without one is none. Adding a kind of file is
adding a row.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from vger_guide.matchers.credentials.findings import Credential
from vger_guide.matchers.credentials.placeholders import is_made_up, is_weak_word

# A hash of fewer letters was typed, and not computed.
FEW = 3

Reader = Callable[[bytes], Iterator[Credential]]


class CredentialFile(NamedTuple):
    """A kind of file: globs of its names, what such a file holds, and the reader that finds it."""

    globs: tuple[str, ...]
    what: str
    read: Reader


def _hashes(pattern: bytes, what: str, data: bytes) -> Iterator[Credential]:
    """Yield the matches of a pattern's group `value` whose form alone says that they are no placeholders."""
    for match in _compile(pattern).finditer(data):
        if len(set(match["value"][-20:])) > FEW:
            yield Credential(match.start("value"), match.end("value"), what, match["value"])


def _values(pattern: bytes, what: str, data: bytes, *, weak: bool = True, least: int = 1) -> Iterator[Credential]:
    """Yield the matches of a pattern's group `value` that are no placeholders; `weak` takes everyday words too."""
    for match in _compile(pattern).finditer(data):
        value = match["value"]
        if len(value) >= least and not is_made_up(value) and (weak or not is_weak_word(value)):
            yield Credential(match.start("value"), match.end("value"), what, value)


@cache
def _compile(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern)


def _by(pattern: bytes, what: str, *, weak: bool = True, least: int = 1) -> Reader:
    return partial(_values, pattern, what, weak=weak, least=least)


def _signature(signatures: Sequence[bytes], what: str, data: bytes) -> Iterator[Credential]:
    if data.startswith(tuple(signatures)):
        yield Credential(0, 0, what, data[:4096])


def _unless(text: bytes, what: str, data: bytes) -> Iterator[Credential]:
    if data and not data.lstrip().startswith(text):
        yield Credential(0, 0, what, data[:4096])


def _json_or_xml(names: bytes) -> bytes:
    """Return a pattern for `"name": "value"`, `name="value"` and `<name>value</name>`."""
    return (
        rb"(?i)(?:\"(?:" + names + rb")\"\s{0,4}:\s{0,4}\"|(?<=\s)(?:" + names + rb")\s{0,2}=\s{0,2}\"|"
        rb"<(?:" + names + rb")(?:\s[^>]{0,100})?>)(?P<value>[^\"<>\r\n]{1,1000})(?=\"|</)"
    )


_HASH = (
    rb"(?P<value>\$(?:apr1|1|2[abxy]?|5|6|7|y|gy|argon2id?|argon2i|pbkdf2[-\w]*|scrypt)\$[^\s:]{8,300}|"
    rb"\{(?:SHA|SSHA|CRYPT|PLAIN|SSHA512)\}[A-Za-z0-9+/=]{12,200}|[./A-Za-z0-9]{13}(?=:|\r?$))"
)
_PASSWORDS = (
    rb"(?:user|sshuser|proxy|ftp|smtp|db|database|encrypted)?[_-]?pass(?:word|wd|phrase)?|ssh_?passphrase|"
    rb"sshuserpassword"
)
_KEYS = rb"api[_-]?key|auth[_-]?token|oauth[_-]?token|access[_-]?token|secret[_-]?key|secret|token|[\w-]*api_key"

FILES: tuple[CredentialFile, ...] = (
    CredentialFile(
        ("**/.netrc", "**/_netrc", "**/.authinfo"),
        "a password of a machine",
        _by(rb"(?i)\bpassword\s+[\"']?(?P<value>[^\s\"']{2,256})", "a password of a machine"),
    ),
    CredentialFile(
        ("**/.git-credentials", "**/.git-credential-store"),
        "a password of a git server",
        _by(rb"(?m)^[a-z]+://[^:\s]{0,200}:(?P<value>\S{3,256})@[\w.-]+", "a password of a git server"),
    ),
    CredentialFile(
        ("**/.pgpass", "**/pgpass.conf"),
        "a password of PostgreSQL",
        _by(
            rb"(?m)^[^#:\r\n]{0,200}:[^:\r\n]{0,10}:[^:\r\n]{0,100}:[^:\r\n]{0,100}:(?P<value>[^\r\n]{2,256})",
            "a password of PostgreSQL",
        ),
    ),
    CredentialFile(
        ("**/.my.cnf", "**/.mylogin.cnf", "**/.mysql_secret"),
        "a password of MySQL",
        _by(rb"(?mi)^\s{0,8}password\s{0,4}=\s{0,4}[\"']?(?P<value>[^\s\"'#]{2,256})", "a password of MySQL"),
    ),
    CredentialFile(
        (
            "**/.htpasswd",
            "**/htpasswd",
            "**/.htdigest",
            "**/*passwd",
            "**/passwd-s3fs",
            "**/shadow",
            "**/shadow-",
            "**/gshadow",
        ),
        "the hash of a password",
        partial(_hashes, rb"(?m)^[^#:\s]{1,64}:(?:[^:\r\n]{1,64}:)?" + _HASH, "the hash of a password"),
    ),
    CredentialFile(
        ("**/.npmrc", "**/.yarnrc", "**/.yarnrc.yml", "**/bunfig.toml"),
        "a token of a package registry",
        _by(
            rb"(?mi)^[^#;\r\n]{0,200}?_?(?:authToken|auth|password|npmAuthToken|token)[\"']?\s{0,4}[=:]\s{0,4}[\"']?(?P<value>[A-Za-z0-9+/=_.-]{8,400})[\"']?\s{0,8}$",
            "a token of a package registry",
            weak=False,
        ),
    ),
    CredentialFile(
        (
            "**/.pypirc",
            "**/.gem/credentials",
            "**/.cargo/credentials",
            "**/.cargo/credentials.toml",
            "**/.bundle/config",
            "**/auth.json",
        ),
        "a credential of a package registry",
        _by(
            rb"(?mi)^\s{0,12}[\"':]{0,2}(?:password|token|rubygems_api_key|[\w.-]*__?com|[\w./:-]*oauth|[\w.-]*github\.com)[\"':]{0,2}\s{0,4}[=:]\s{0,4}[\"']?(?P<value>[^\s\"',{}]{8,400})",
            "a credential of a package registry",
            weak=False,
        ),
    ),
    CredentialFile(
        ("**/.dockercfg", "**/.docker/config.json", "**/.dockerconfigjson", "**/.config/containers/auth.json"),
        "a login of a container registry",
        _by(_json_or_xml(rb"auth|identitytoken|registrytoken|password"), "a login of a container registry", least=8),
    ),
    CredentialFile(
        (
            "**/.aws/credentials",
            "**/.credentials",
            "**/credentials.csv",
            "**/*accessKeys.csv",
            "**/.s3cfg",
            "**/.boto",
            "**/.passwd-s3fs",
        ),
        "a secret key of a cloud account",
        _by(
            rb"(?mi)^[^#;\r\n]{0,80}?(?:secret[\w]*|aws_secret_access_key|gs_secret_access_key)\s{0,4}[=:,]\s{0,4}[\"']?(?P<value>[A-Za-z0-9+/=_-]{16,200})",
            "a secret key of a cloud account",
        ),
    ),
    CredentialFile(
        (
            "**/.tugboat",
            "**/.doctl/config.yaml",
            "**/.config/hub",
            "**/hub",
            "**/.config/gh/hosts.yml",
            "**/heroku.json",
            "**/.hcloud/cli.toml",
            "**/.terraformrc",
            "**/terraform.rc",
            "**/credentials.tfrc.json",
            "**/.vault-token",
            "**/.pulumi/credentials.json",
            "**/.databrickscfg",
            "**/kaggle.json",
            "**/.huggingface/token",
            "**/.travis/config.yml",
            "**/.circleci/cli.yml",
            "**/.snyk/config.json",
            "**/.fly/config.yml",
            "**/.netlify/config.json",
            "**/.azure/accessTokens.json",
            "**/.azure/msal_token_cache.json",
            "**/application_default_credentials.json",
        ),
        "a token of a command-line program",
        _by(
            rb"(?mi)(?:^|[\s\"'_-])(?:"
            + _KEYS
            + rb"|accessToken|refresh_token|(?<=[\s\"'])key)[\"']?\s{0,4}[=:]\s{0,4}[\"']?"
            rb"(?P<value>[A-Za-z0-9+/=_.~-]{16,2000})",
            "a token of a command-line program",
        ),
    ),
    CredentialFile(
        ("**/.kube/config", "**/kubeconfig", "**/*.kubeconfig", "**/kubeconfig.{yml,yaml}"),
        "a credential of a Kubernetes cluster",
        _by(
            rb"(?m)^\s{0,40}(?:token|password|client-key-data)\s{0,4}:\s{0,4}[\"']?(?P<value>[A-Za-z0-9+/=_.-]{8,10000})",
            "a credential of a Kubernetes cluster",
        ),
    ),
    CredentialFile(
        (
            "**/.ftpconfig",
            "**/.ftppass",
            "**/.remote-sync.json",
            "**/sftp-config.json",
            "**/sftp-config-alt*.json",
            "**/.vscode/sftp.json",
            "**/.vscode/ftp-sync.json",
            "**/deployment-config.json",
            "**/ftpsync.settings",
            "**/.ftpsync.json",
            "**/.sftp.json",
            "**/sftp.json",
        ),
        "a password of a file server",
        _by(_json_or_xml(_PASSWORDS), "a password of a file server"),
    ),
    CredentialFile(
        (
            "**/filezilla.xml",
            "**/recentservers.xml",
            "**/sitemanager.xml",
            "**/.idea/WebServers.xml",
            "**/.idea/webServers.xml",
            "**/winscp.ini",
            "**/*dbeaver*.xml",
            "**/.dbeaver*/*.xml",
            "**/.dbeaver*/*.json",
            "**/robomongo.json",
            "**/.idea/dataSources.local.xml",
            "**/SqlStudio.bin",
            "**/confCons.xml",
        ),
        "a password kept by a program",
        _by(_json_or_xml(_PASSWORDS), "a password kept by a program"),
    ),
    CredentialFile(
        ("**/*.{remmina,rdp}",),
        "a password of a remote desktop",
        _by(
            rb"(?mi)^(?:(?:gateway|ssh_)?password|password 51:b)\s{0,4}[=:]\s{0,4}(?P<value>[A-Za-z0-9+/=]{8,2000})",
            "a password of a remote desktop",
        ),
    ),
    CredentialFile(
        ("**/.vault[-_]pass{,word}{,.txt}", "**/vault[-_]pass{,word}.txt", "**/.ansible[-_]vault[-_]pass{,word}"),
        "a password of Ansible Vault",
        _by(rb"^\s{0,4}(?P<value>[^\s#<]{6,256})\s{0,4}$", "a password of Ansible Vault", weak=False),
    ),
    CredentialFile(
        ("**/credentials-config.json",),
        "logins kept by DBeaver",
        # Whoever has the program can read them: it encrypts them by a key that is the same for everybody.
        partial(_unless, b"{", "logins kept by DBeaver"),
    ),
    CredentialFile(
        ("**/logins.json", "**/signons.sqlite"),
        "a login kept by a browser",
        _by(
            rb"\"encrypted(?:Username|Password)\"\s{0,4}:\s{0,4}\"(?P<value>[A-Za-z0-9+/=]{20,1000})\"",
            "a login kept by a browser",
        ),
    ),
    CredentialFile(
        (
            "**/.esmtprc",
            "**/.msmtprc",
            "**/.fetchmailrc",
            "**/.muttrc",
            "**/.mailrc",
            "**/.ircrc",
            "**/.weechat/irc.conf",
            "**/.irssi/config",
            "**/*_srv.ini",
            "**/.smbcredentials",
            "**/.cifs",
            "**/.rediscli_auth",
            "**/.wgetrc",
            "**/.curlrc",
            "**/.lftprc",
        ),
        "a password of a program",
        _by(
            rb"(?mi)^\s{0,12}[\w.]{0,40}pass(?:word|wd)?\s{0,4}[=:\s]\s{0,4}[\"']?(?P<value>[^\s\"'#;]{4,256})",
            "a password of a program",
        ),
    ),
    CredentialFile(
        (
            "**/{,*[._-]}{password,passphrase,secret_key,secret-key,api_key,api-key,apikey,auth_token,auth-token}.txt",
            "**/secrets/{,*[._-]}{password,passphrase,secret_key,secret-key,api_key,api-key,apikey,auth_token,auth-token}",
        ),
        "a secret in a file of its own",
        _by(
            rb"\A\s{0,4}(?P<value>[^\s<>]{8,512})\s{0,4}\Z",
            "a secret in a file of its own",
            weak=False,
        ),
    ),
    CredentialFile(
        ("**/config/master.key", "**/config/credentials/*.key"),
        "a master key of Rails",
        _by(rb"(?i)^\s{0,4}(?P<value>[0-9a-f]{32})\s{0,4}$", "a master key of Rails"),
    ),
    CredentialFile(
        ("**/secrets.yml", "**/secrets.yaml", "**/secret_token.rb"),
        "a secret key of an application",
        _by(
            rb"(?mi)^\s{0,40}[\w.]{0,40}(?:secret_key_base|secret_token|api_key|password|token|secret)[\"']?\s{0,4}[:=]\s{0,4}[\"']?(?P<value>[A-Za-z0-9+/=_-]{20,300})[\"']?\s{0,8}$",
            "a secret key of an application",
        ),
    ),
    CredentialFile(
        ("**/wp-config.php", "**/configuration.php", "**/config.inc.php", "**/LocalSettings.php", "**/parameters.yml"),
        "a password of a web application",
        _by(
            rb"(?i)(?:define\(\s{0,4}[\"']DB_PASSWORD[\"']\s{0,4},\s{0,60}[\"']|"
            rb"\$(?:wg)?(?:db)?(?:password|passwd|secret|secretkey|upgradekey)\s{0,4}=\s{0,4}[\"']|"
            rb"(?:database_password|mailer_password|secret)\s{0,4}:\s{0,4}[\"']?)(?P<value>[^\"'\r\n]{4,300})",
            "a password of a web application",
        ),
    ),
    CredentialFile(
        ("**/wp-config.php", "**/wp-salt*.php"),
        "a key or salt of WordPress",
        partial(
            _hashes,
            rb"define\(\s{0,4}[\"'](?:SECURE_AUTH|AUTH|LOGGED_IN|NONCE)_(?:KEY|SALT)[\"']\s{0,4},\s{0,60}'(?P<value>[^'\r\n]{40,300})'",
            "a key or salt of WordPress",
        ),
    ),
    CredentialFile(
        ("**/*dump*.sql", "**/*backup*.sql", "**/*.sql.bak"),
        "the hash of a password in a dump",
        partial(
            _hashes,
            rb"['\"](?P<value>\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}|\$argon2id?\$[^'\"]{20,200}|\$6\$[^'\"]{20,200})['\"]",
            "the hash of a password in a dump",
        ),
    ),
    CredentialFile(
        ("**/*.tfstate", "**/*.tfstate.backup", "**/*.tfstate.*.backup"),
        "a secret in a state file of Terraform",
        _by(
            rb"\"(?:[\w.]{0,60}(?:password|secret|private_key|private_key_pem|access_key|connection_string|token|auth_token|primary_key))\"\s{0,4}:\s{0,4}\"(?P<value>[^\"\r\n]{8,4000})\"",
            "a secret in a state file of Terraform",
            weak=False,
        ),
    ),
    CredentialFile(
        ("**/*.{jks,keystore,bks,truststore}",),
        "a key store of Java",
        partial(
            _signature,
            (b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce", b"\x30\x82", b"\x00\x00\x00\x02", b"\xfe\xed"),
            "a key store of Java",
        ),
    ),
    CredentialFile(
        ("**/*.{pfx,p12}",), "a key store", partial(_signature, (b"\x30\x82", b"\x30\x80", b"\x30\x81"), "a key store")
    ),
    CredentialFile(
        ("**/*.{kdb,kdbx}",),
        "a password store of KeePass",
        partial(_signature, (b"\x03\xd9\xa2\x9a",), "a password store of KeePass"),
    ),
    CredentialFile(
        ("**/*.{agilekeychain,keychain,keychain-db}", "**/Login Data"),
        "a password store",
        partial(_signature, (b"kych", b"SQLite format 3\x00"), "a password store"),
    ),
)
