"""Files in which servers, networks and desktops keep credentials, by names that have no other purpose."""

from functools import partial

from vger_guide.matchers.credentials.credential_readers import (
    PASSWORDS,
    CredentialFile,
    make_reader,
    named_in_json_or_xml,
    read_hashes,
    read_signature,
)

SERVER_FILES: tuple[CredentialFile, ...] = (
    CredentialFile(
        ("**/.passwd-s3fs", "**/passwd-s3fs"),
        "a secret key of a cloud account",
        make_reader(
            rb"(?m)^(?:[\w.-]{1,63}:)?[A-Z0-9]{16,128}:(?P<value>[A-Za-z0-9/+=]{30,60})\s{0,4}$",
        ),
    ),
    CredentialFile(
        ("**/rclone.conf",),
        "a login of a store of files",
        make_reader(
            rb"(?mi)^(?:pass|password2?|secret_access_key|client_secret|key|token)\s{0,4}=\s{0,4}(?P<value>\S[^\r\n]{7,2000})",
            weak=False,
        ),
    ),
    CredentialFile(
        ("**/.sbt/.credentials", "**/.ivy2/.credentials", "**/.credentials"),
        "a password of a package registry",
        make_reader(rb"(?mi)^\s{0,4}password\s{0,4}=\s{0,4}(?P<value>\S{4,256})"),
    ),
    CredentialFile(
        ("**/.lein/*.clj", "**/credentials.clj"),
        "a password of a package registry",
        make_reader(rb"(?m):password\s{1,20}\"(?P<value>[^\"\r\n]{4,256})\"", weak=False),
    ),
    CredentialFile(
        ("**/{,.}pg_service.conf", "**/{,.}odbc.ini", "**/.snowsql/config", "**/.sqlplus"),
        "a password of a database",
        make_reader(
            rb"(?mi)^\s{0,4}(?:password|pwd)\s{0,4}=\s{0,4}[\"']?(?P<value>[^\s\"'#;]{3,256})",
        ),
    ),
    CredentialFile(
        ("**/redis*.conf", "**/sentinel*.conf"),
        "a password of Redis",
        make_reader(
            rb"(?m)^\s{0,4}(?:requirepass|masterauth|sentinel\s{1,4}auth-pass\s{1,4}\S{1,60})\s{1,4}[\"']?(?P<value>[^\s\"']{4,256})",
        ),
    ),
    CredentialFile(
        ("**/slapd.conf", "**/{,.}ldaprc", "**/{nss_,pam_,}ldap.conf", "**/nslcd.conf"),
        "a password of a directory service",
        make_reader(rb"(?mi)^\s{0,4}(?:rootpw|bindpw)\s{1,20}(?P<value>\S{4,256})"),
    ),
    CredentialFile(
        ("**/tomcat-users.xml",),
        "a password of Tomcat",
        make_reader(named_in_json_or_xml(PASSWORDS), weak=False),
    ),
    CredentialFile(
        ("**/credentials.xml",),
        "a secret kept by Jenkins",
        partial(
            read_hashes,
            rb"<(?:password|passphrase|secret|privateKey|apiToken)>(?P<value>\{AQA[A-Za-z0-9+/=]{30,8000}\})</",
        ),
    ),
    CredentialFile(
        ("**/{jupyter_notebook,jupyter_server}_config.{json,py}",),
        "the hash of a password",
        partial(
            read_hashes,
            rb"[\"'](?P<value>(?:argon2:\$argon2|sha1:[0-9a-f]{8,}|sha256:[0-9a-f]{8,})[^\"'\s]{20,400})[\"']",
        ),
    ),
    CredentialFile(
        ("**/{groups,scheduledtasks,services,printers,drives,datasources}.xml",),
        "a password in a policy of Windows",
        # Microsoft has published the key that it is encrypted by.
        make_reader(rb"(?i)\bcpassword=\"(?P<value>[A-Za-z0-9+/=]{8,400})\""),
    ),
    CredentialFile(
        ("**/{auto,}unattend*.xml", "**/sysprep*.xml"),
        "a password of an installation of Windows",
        make_reader(
            rb"(?i)<(?:Administrator)?Password>\s{0,40}<Value>(?P<value>[^<>\s]{4,256})</Value>",
        ),
    ),
    CredentialFile(
        ("**/{chap,pap}-secrets",),
        "a password of a network",
        make_reader(
            rb"(?m)^[ \t]{0,4}[^#\s][^\s]{0,100}[ \t]{1,20}\S{1,100}[ \t]{1,20}[\"']?(?P<value>[^\s\"']{4,256})",
        ),
    ),
    CredentialFile(
        ("**/ipsec*.secrets", "**/racoon/psk.txt"),
        "a key of a network",
        make_reader(rb"(?m):\s{0,4}(?:PSK|XAUTH|EAP)\s{1,8}\"?(?P<value>[^\s\"]{6,256})"),
    ),
    CredentialFile(
        ("**/wpa_supplicant*.conf", "**/*.nmconnection", "**/hostapd*.conf"),
        "a password of a wireless network",
        make_reader(
            rb"(?m)^\s{0,8}(?:psk|wpa_passphrase|password|wep_key0)\s{0,2}=\s{0,2}\"?(?P<value>[^\r\n\"]{8,64})",
        ),
    ),
    CredentialFile(
        ("**/*.ovpn", "**/{ta,tls-auth,static}.key", "**/openvpn/**/*.key"),
        "a static key of OpenVPN",
        partial(
            read_hashes,
            rb"BEGIN OpenVPN Static key V1-----\s{1,4}(?P<value>[0-9A-Fa-f]{32})",
        ),
    ),
    CredentialFile(
        ("**/{sip,iax,manager,pjsip,voicemail}.conf",),
        "a password of a telephone system",
        make_reader(
            rb"(?m)^\s{0,4}(?:secret|password)\s{0,4}=>?\s{0,4}(?P<value>[^\s;#]{6,256})",
            weak=False,
        ),
    ),
    CredentialFile(
        ("**/{.purple,pidgin}/accounts.xml", "**/*.rdg", "**/app/etc/local.xml"),
        "a password kept by a program",
        make_reader(
            rb"(?i)<password>\s{0,4}(?:<!\[CDATA\[)?(?P<value>[^<>\]\s]{3,1000})",
        ),
    ),
    CredentialFile(
        ("**/{,.}muttrc", "**/{,.}offlineimaprc", "**/.mbsyncrc", "**/accountrc", "**/davmail.properties"),
        "a password of a mailbox",
        make_reader(
            rb"(?mi)^\s{0,4}(?:set\s{1,4})?(?:imap_|smtp_|remote|local)?pass(?:word)?\s{0,4}[= ]"
            rb"\s{0,4}[\"']?(?P<value>[^\s\"'#`$]{4,256})",
        ),
    ),
    CredentialFile(
        ("**/svn.simple/*", "**/svn.ssl.client-passphrase/*"),
        "a password of Subversion",
        make_reader(
            rb"(?m)^pass(?:word|phrase)\r?\nV [0-9]{1,3}\r?\n(?P<value>[^\r\n]{3,256})",
        ),
    ),
    CredentialFile(
        ("**/*.keytab",),
        "a key table of Kerberos",
        partial(read_signature, (b"\x05\x02", b"\x05\x01")),
    ),
    CredentialFile(
        ("**/*.psafe3",),
        "a password store",
        partial(read_signature, (b"PWS3",)),
    ),
    CredentialFile(
        ("**/secring.gpg", "**/secring.pgp", "**/*.skr"),
        "a ring of private keys of PGP",
        partial(read_signature, (b"\x95", b"\x94", b"\xc5")),
    ),
)
