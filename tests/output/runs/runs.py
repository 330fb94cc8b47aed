"""Made-up runs: an ordinary one with every outcome, one of hostile text, one of nothing, and one that is very long."""

from dataclasses import fields, replace

from vger_guide.checks.results import CheckOutcome, Notice, Result, RuleFacts, Run
from vger_guide.matchers.findings import Finding, FindingStatus, UnreadableFile

SITE = "https://guide.example/next/"

RULE = RuleFacts(
    id="SES004",
    slug="no-sessions-in-a-relational-database",
    title="Keep sessions out of relational databases",
    level="must",
    severity="high",
    revision=1,
    chapter="2 Architecture",
    section="2.3.1 Sessions",
    statement="Sessions must not be kept in a relational database.",
    why="Each request writes, and the database becomes what limits the system.",
    ask="Where are sessions kept?",
    mend="Keep them in a key-value store such as `Redis`.",
    address=f"{SITE}rules/no-sessions-in-a-relational-database/",
)


def rule(id_: str, level: str = "must", severity: str = "high", chapter: str = RULE.chapter) -> RuleFacts:
    """Return a rule of its own."""
    slug = f"rule-{id_.lower()}"
    address = f"{SITE}rules/{slug}/"
    return replace(
        RULE,
        id=id_,
        slug=slug,
        title=f"Rule {id_}",
        level=level,
        severity=severity,
        chapter=chapter,
        section=chapter,
        address=address,
    )


def run(*results: Result, **changes: object) -> Run:
    """Return a run of some results."""
    about = Run(
        tool="vger 0.1.0",
        edition="next",
        target="https://git.example/shop.git",
        commit="c0ffee" * 6 + "c0ff",
        profile="web application",
        results=results,
        files=120,
        read=80,
        bytes_read=654_321,
        site=SITE,
    )
    return replace(about, **changes)  # type: ignore[arg-type]


SETTINGS = Finding(
    path="src/web app/settings.py",
    message="The sessions are kept by `django.contrib.sessions.backends.db`.",
    line=12,
    column=5,
    text='SESSION_ENGINE = "django.contrib.sessions.backends.db"',
    fingerprint="5f2a9c",
)
ODD = replace(SETTINGS, path="menu\udce9/settings.py", line=3, column=0, fingerprint="77aa01")
STOOD = replace(SETTINGS, path="old/settings.py", fingerprint="0aa0", standing=FindingStatus.BASELINE)
SAMPLE = replace(
    SETTINGS, path="samples/settings.py", fingerprint="0bb0", standing=FindingStatus.WAIVED, reason="It is a sample."
)

# In reading order, which is not that of how bad they are.
RESULTS = (
    Result(
        rule("AAA001", "may", "low"), CheckOutcome.FAIL, "There is no licence.", (Finding("", "There is no licence."),)
    ),
    Result(rule("AAA002", "should", "medium"), CheckOutcome.FAIL, "Two lines.", (SETTINGS, SAMPLE), omitted=7),
    Result(
        rule("AAA003", "should", "critical"),
        CheckOutcome.FAIL,
        "A line.",
        (ODD,),
        unseen=(UnreadableFile("big.sql", "too long"),),
    ),
    Result(replace(RULE, level="must"), CheckOutcome.FAIL, "It is kept in the database.", (SETTINGS, ODD, STOOD)),
    Result(rule("AAA005", "must", "critical"), CheckOutcome.FAIL, "It fails.", (SETTINGS,), preview=True),
    Result(rule("BBB001", chapter="3 Data"), CheckOutcome.FAIL, "All accepted.", (STOOD, SAMPLE)),
    Result(rule("BBB002", chapter="3 Data"), CheckOutcome.ERROR, "The check broke: KeyError: 'x'."),
    Result(rule("BBB003", chapter="3 Data"), CheckOutcome.UNAVAILABLE, "The history is not there."),
    Result(rule("BBB004", chapter="3 Data"), CheckOutcome.MANUAL, "Only a person can see this."),
    Result(rule("BBB005", chapter="3 Data"), CheckOutcome.PASS, "No file holds one.", blind=("What is in the image.",)),
    Result(rule("BBB006", chapter="3 Data"), CheckOutcome.PASS, "All tags are versions.", strength="proof"),
    Result(rule("BBB007", chapter="3 Data"), CheckOutcome.NOT_APPLICABLE, "It holds no Terraform files."),
)
ORDINARY = run(
    *RESULTS,
    notices=(Notice("The waiver of `SES001` has expired."), Notice("There is no rule XYZ999.", error=True)),
    left_out=(("vendored", 3), ("tests", 12)),
    proposal=("web-application", "Web application"),
)
COUNTS = {"fail": 5, "waived": 1, "error": 1, "unavailable": 1, "manual": 1, "pass": 2, "not-applicable": 1}
# How the failures stand in every report.
WORST_FIRST = ["AAA005", "SES004", "AAA003", "AAA002", "AAA001"]

NOTHING = run()
UNDECIDED = run(*(result for result in RESULTS if result.outcome in (CheckOutcome.MANUAL, CheckOutcome.NOT_APPLICABLE)))
GOOD = run(RESULTS[9], RESULTS[10], RESULTS[11])

# Each text tries to break out of some format.
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)> \' " & &amp; &#64;admin',
    "<div title=",
    "<?php </p",
    "]]> --> <!-- ?> </style></title></details>",
    "first\nsecond\r\nthird\u2028fourth\u0085fifth\ttab",
    "\u202egnp.exe \u2066isolate \u200f mark",
    "\x1b[31mred\x1b]8;;http://evil.example\x07link\x9b2J\x00\x08",
    "menu\udce9 \ud800 \udfff lone",
    "[click](http://evil.example) ![pixel](http://evil.example/x.png) <http://evil.example>",
    "http://evil.example www.evil.example x@evil.example mailto:x@evil.example",
    "@admin #1 GH-1 org/repo#1 !1 ~bug :shipit: $x^2$ {0} %s",
    "| a | b |\n|---|---|\n``` ~~~ ` `` _x_ **x** ~~x~~ # head",
    "- item", "1. item", "> quote", "    indented", "=====", "+ plus", "# head",
    "::error file=x::gotcha\n::set-output name=x::y\n##[add-path]/evil",
    "a,b:c%0Ad%25e;f=g",
    "👩🏽\u200d💻🏳️\u200d🌈 \U000e0001",
    "=cmd|' /C calc'!A0",
    "javascript:alert(1)",
    "\ufffe\uffff \ufdd0",
    "x" * 10_000,
    "`" * 300,
    "",
)  # fmt: skip


def hostile(text: str) -> Run:
    """Return a run that has every outcome, with a text in every field that can hold one."""
    texts = [field.name for field in fields(RuleFacts) if field.type is str and field.name != "level"]
    evil = replace(RULE, **dict.fromkeys(texts, text))  # type: ignore[arg-type]
    findings = tuple(
        Finding(text, text, line, line, text, text, standing, text) for standing in FindingStatus for line in (0, 7)
    )
    cases = [(outcome, preview) for outcome in CheckOutcome for preview in (False, True)]
    results = [
        Result(
            replace(evil, revision=i),
            outcome,
            text,
            findings,
            3,
            (UnreadableFile(text, text),),
            blind=(text,),
            preview=preview,
            looked_at=((text, 1),),
            left_out=((text, 1),),
        )
        for i, (outcome, preview) in enumerate(cases, 2)
    ]
    waived = Result(evil, CheckOutcome.FAIL, text, tuple(f for f in findings if f.standing is not FindingStatus.OPEN))
    names = dict.fromkeys(("tool", "edition", "target", "commit", "profile", "site"), text)
    notices = (Notice(text), Notice(text, error=True))
    return run(*results, waived, notices=notices, left_out=((text, 1),), proposal=(text, text), **names)


def long(rules: int = 300, findings: int = 100) -> Run:
    """Return a run with more findings than some readers take."""
    found = tuple(replace(SETTINGS, line=line, fingerprint=f"{line:x}") for line in range(1, findings + 1))
    return run(*(Result(rule(f"LNG{i:03}"), CheckOutcome.FAIL, "Too many.", found) for i in range(rules)))
