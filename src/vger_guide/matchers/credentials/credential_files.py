"""Files that are kept for credentials: known by a name that has no other purpose, each with a reader of its own.

A reader returns the places where a credential stands, so that a template without one is none. Adding a kind of file is
adding a row.
"""

from functools import partial

from vger_guide.matchers.credentials.credential_readers import (
    HASH,
    KEYS,
    PASSWORDS,
    CredentialFile,
    make_reader,
    named_in_json_or_xml,
    read_hashes,
    read_signature,
    read_unless,
)
from vger_guide.matchers.credentials.server_files import SERVER_FILES

FILES: tuple[CredentialFile, ...] = (
    *SERVER_FILES,
    CredentialFile(
        ("**/.netrc", "**/_netrc", "**/.authinfo"),
        "a password of a machine",
        make_reader(rb"(?i)\bpassword\s+[\"']?(?P<value>[^\s\"']{2,256})"),
    ),
    CredentialFile(
        ("**/.git-credentials", "**/.git-credential-store", "**/.config/git/credentials"),
        "a password of a git server",
        make_reader(rb"(?m)^[a-z]+://[^:\s]{0,200}:(?P<value>\S{3,256})@[\w.-]+"),
    ),
    CredentialFile(
        ("**/.pgpass", "**/pgpass.conf"),
        "a password of PostgreSQL",
        make_reader(
            rb"(?m)^[^#:\r\n]{0,200}:[^:\r\n]{0,10}:[^:\r\n]{0,100}:[^:\r\n]{0,100}:(?P<value>[^\r\n]{2,256})",
        ),
    ),
    CredentialFile(
        ("**/{,.}my.cnf", "**/my.ini", "**/.mylogin.cnf", "**/.mysql_secret"),
        "a password of MySQL",
        make_reader(rb"(?mi)^\s{0,8}password\s{0,4}=\s{0,4}[\"']?(?P<value>[^\s\"'#]{2,256})"),
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
        partial(read_hashes, rb"(?m)^[^#:\s]{1,64}:(?:[^:\r\n]{1,64}:)?" + HASH),
    ),
    CredentialFile(
        ("**/.npmrc", "**/.yarnrc", "**/.yarnrc.yml", "**/bunfig.toml"),
        "a token of a package registry",
        make_reader(
            rb"(?mi)^[^#;\r\n]{0,200}?_?(?:authToken|auth|password|npmAuthToken|token)[\"']?\s{0,4}[=:]\s{0,4}[\"']?(?P<value>[A-Za-z0-9+/=_.-]{8,400})[\"']?\s{0,8}$",
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
        make_reader(
            rb"(?mi)^\s{0,12}[\"':]{0,2}(?:password|token|rubygems_api_key|[\w.-]*__?com|[\w./:-]*oauth|[\w.-]*github\.com)[\"':]{0,2}\s{0,4}[=:]\s{0,4}[\"']?(?P<value>[^\s\"',{}]{8,400})",
            weak=False,
        ),
    ),
    CredentialFile(
        ("**/.dockercfg", "**/.docker/config.json", "**/.dockerconfigjson", "**/.config/containers/auth.json"),
        "a login of a container registry",
        make_reader(
            named_in_json_or_xml(rb"auth|identitytoken|registrytoken|password"),
            least=8,
        ),
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
        make_reader(
            rb"(?mi)^[^#;\r\n]{0,80}?(?:secret[\w]*|aws_secret_access_key|gs_secret_access_key)\s{0,4}[=:,]\s{0,4}[\"']?(?P<value>[A-Za-z0-9+/=_-]{16,200})",
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
            "**/{firebase-tools,.clasprc,.civo}.json",
            "**/.config/configstore/*.json",
            "**/.config/glab-cli/config.yml",
            "**/.config/{scw/config.yaml,linode-cli}",
            "**/.{scwrc,linode-cli,exoscale.toml,twurlrc,trc,jira.d/config.yml}",
            "**/{.mc,.railway}/config.json",
            "**/{,.}ngrok.yml",
            "**/.streamlit/secrets.toml",
            "**/{.gitconfig,.hgrc,.Renviron}",
        ),
        "a token of a command-line program",
        make_reader(
            rb"(?mi)(?:^|[\s\"'_-])(?:" + KEYS + rb"|accessToken|refresh_?token|authtoken|secretKey|secret_access_key|"
            rb"[A-Z_]{1,40}(?:PAT|TOKEN)|(?<=[\s\"'])key)[\"']?\s{0,4}[=:]\s{0,4}[\"']?"
            rb"(?P<value>[A-Za-z0-9+/=_.~-]{16,2000})",
        ),
    ),
    CredentialFile(
        ("**/.kube/config", "**/kubeconfig", "**/*.kubeconfig", "**/kubeconfig.{yml,yaml}"),
        "a credential of a Kubernetes cluster",
        make_reader(
            rb"(?m)^\s{0,40}(?:token|password|client-key-data)\s{0,4}:\s{0,4}[\"']?(?P<value>[A-Za-z0-9+/=_.-]{8,10000})",
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
        make_reader(named_in_json_or_xml(PASSWORDS)),
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
        make_reader(named_in_json_or_xml(PASSWORDS)),
    ),
    CredentialFile(
        ("**/*.{remmina,rdp}",),
        "a password of a remote desktop",
        make_reader(
            rb"(?mi)^(?:(?:gateway|ssh_)?password|password 51:b)\s{0,4}[=:]\s{0,4}(?P<value>[A-Za-z0-9+/=]{8,2000})",
        ),
    ),
    CredentialFile(
        ("**/.vault[-_]pass{,word}{,.txt}", "**/vault[-_]pass{,word}.txt", "**/.ansible[-_]vault[-_]pass{,word}"),
        "a password of Ansible Vault",
        make_reader(rb"^\s{0,4}(?P<value>[^\s#<]{6,256})\s{0,4}$", weak=False),
    ),
    CredentialFile(
        ("**/credentials-config.json",),
        "logins kept by DBeaver",
        # Whoever has the program can read them: it encrypts them by a key that is the same for everybody.
        partial(read_unless, b"{"),
    ),
    CredentialFile(
        ("**/logins.json", "**/signons.sqlite"),
        "a login kept by a browser",
        make_reader(
            rb"\"encrypted(?:Username|Password)\"\s{0,4}:\s{0,4}\"(?P<value>[A-Za-z0-9+/=]{20,1000})\"",
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
        make_reader(
            rb"(?mi)^\s{0,12}[\w.]{0,40}pass(?:word|wd)?\s{0,4}[=:\s]\s{0,4}[\"']?(?P<value>[^\s\"'#;]{4,256})",
        ),
    ),
    CredentialFile(
        (
            "**/{,*[._-]}{password,passphrase,secret_key,secret-key,api_key,api-key,apikey,auth_token,auth-token}.txt",
            "**/secrets/{,*[._-]}{password,passphrase,secret_key,secret-key,api_key,api-key,apikey,auth_token,auth-token}",
        ),
        "a secret in a file of its own",
        make_reader(
            rb"\A\s{0,4}(?P<value>[^\s<>]{8,512})\s{0,4}\Z",
            weak=False,
        ),
    ),
    CredentialFile(
        ("**/config/master.key", "**/config/credentials/*.key"),
        "a master key of Rails",
        make_reader(rb"(?i)^\s{0,4}(?P<value>[0-9a-f]{32})\s{0,4}$"),
    ),
    CredentialFile(
        ("**/secrets.yml", "**/secrets.yaml", "**/secret_token.rb"),
        "a secret key of an application",
        make_reader(
            rb"(?mi)^\s{0,40}[\w.]{0,40}(?:secret_key_base|secret_token|api_key|password|token|secret)[\"']?\s{0,4}[:=]\s{0,4}[\"']?(?P<value>[A-Za-z0-9+/=_-]{20,300})[\"']?\s{0,8}$",
        ),
    ),
    CredentialFile(
        (
            "**/wp-config.php{,.bak,.old,.orig,.save,~}",
            "**/configuration.php",
            "**/config.inc.php",
            "**/LocalSettings.php",
            "**/parameters.yml",
        ),
        "a password of a web application",
        make_reader(
            rb"(?i)(?:define\(\s{0,4}[\"']DB_PASSWORD[\"']\s{0,4},\s{0,60}[\"']|"
            rb"\$(?:wg)?(?:db)?(?:password|passwd|secret|secretkey|upgradekey)\s{0,4}=\s{0,4}[\"']|"
            rb"(?:database_password|mailer_password|secret)\s{0,4}:\s{0,4}[\"']?)(?P<value>[^\"'\r\n]{4,300})",
        ),
    ),
    CredentialFile(
        ("**/wp-config.php{,.bak,.old,.orig,.save,~}", "**/wp-salt*.php"),
        "a key or salt of WordPress",
        partial(
            read_hashes,
            rb"define\(\s{0,4}[\"'](?:SECURE_AUTH|AUTH|LOGGED_IN|NONCE)_(?:KEY|SALT)[\"']\s{0,4},\s{0,60}'(?P<value>[^'\r\n]{40,300})'",
        ),
    ),
    CredentialFile(
        ("**/*dump*.sql", "**/*backup*.sql", "**/*.sql.bak"),
        "the hash of a password in a dump",
        partial(
            read_hashes,
            rb"['\"](?P<value>\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}|\$argon2id?\$[^'\"]{20,200}|\$6\$[^'\"]{20,200})['\"]",
        ),
    ),
    CredentialFile(
        ("**/*.tfstate", "**/*.tfstate.backup", "**/*.tfstate.*.backup"),
        "a secret in a state file of Terraform",
        make_reader(
            rb"\"(?:[\w.]{0,60}(?:password|secret|private_key|private_key_pem|access_key|connection_string|token|auth_token|primary_key))\"\s{0,4}:\s{0,4}\"(?P<value>[^\"\r\n]{8,4000})\"",
            weak=False,
        ),
    ),
    CredentialFile(
        ("**/*.{jks,jceks,keystore,bks,truststore}",),
        "a key store of Java",
        partial(
            read_signature,
            (b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce", b"\x30\x82", b"\x00\x00\x00\x02", b"\xfe\xed"),
        ),
    ),
    CredentialFile(
        ("**/*.{pfx,p12}",),
        "a key store",
        partial(read_signature, (b"\x30\x82", b"\x30\x80", b"\x30\x81")),
    ),
    CredentialFile(
        ("**/*.{kdb,kdbx}",),
        "a password store of KeePass",
        partial(read_signature, (b"\x03\xd9\xa2\x9a",)),
    ),
    CredentialFile(
        ("**/*.{agilekeychain,keychain,keychain-db}", "**/Login Data"),
        "a password store",
        partial(read_signature, (b"kych", b"SQLite format 3\x00")),
    ),
)
