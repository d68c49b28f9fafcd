# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Makes mutants of C sources: each is one change in one function, macro or table.

A mutant's name does not quote the source, so that it stays when lines move or change:
file without folder, part of the file, operator, and which of that operator's changes in
the part it is, from 1.
"""
import collections
import dataclasses
import pathlib
import re

# Blanks take the place of these: the source keeps its offsets.
HIDDEN = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL)

TOKEN = re.compile(r"""
    (?P<skip>\#include[^\n]*|->|\+\+|--)
  | (?P<number>\b(?:0x[0-9a-fA-F]+|\d+)\b)
  | (?P<name>\b[A-Za-z_]\w*\b)
  | (?P<operator><<|>>|&&|\|\||[<>=!+-]=|<|>|[-+&|](?!=))
""", re.VERBOSE)

OPERATORS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==",
             "&&": "||", "||": "&&", "+": "-", "-": "+", "+=": "-=", "-=": "+=", "|": "&",
             "&": "|", "<<": ">>", ">>": "<<"}
NAMES = {"true": "false", "false": "true", "SEVL_MATCH": "SEVL_MISMATCH",
         "SEVL_MISMATCH": "SEVL_MATCH", "SEVL_OK": "SEVL_ERROR_CRYPTO",
         "SEVL_ERROR_STATE": "SEVL_OK", "SEVL_ERROR_CRYPTO": "SEVL_OK",
         "SEVL_ERROR_ENCODING": "SEVL_ERROR_LENGTH", "SEVL_ERROR_LENGTH": "SEVL_ERROR_ENCODING",
         "SEVL_ERROR_ABSENT": "SEVL_ERROR_ENCODING", "SEVL_ERROR_DUPLICATE": "SEVL_ERROR_LENGTH"}

# A statement of its own that is no declaration: a call, an assignment, a step.
STATEMENT = re.compile(
    r"(?<=[;{})\n])\n +(?:else\n +)?"
    r"(?P<statement>continue;|break;|return\b[^;{}]*;(?!\n\})|"
    r"(?!return\b|static\b|const\b|struct\b|enum\b)"
    r"(?:\(void\))?\*?[a-z_][\w.>\-\[\]+ ]*?(?:\((?:[^;{}])*\)| ?[-+*/%&|^]?= ?[^;{}]*|\+\+|--);)")
DECLARATION = re.compile(r"(?:u?int\w*|size_t|bool|unsigned|char|mbedtls_\w+|\w+_t) \*?\w+")

SIZE = re.compile(r"\bsizeof (?:\(\w[^()]*\)|\*?\w+(?:(?:->|\.)\w+)*)|\b[A-Z]\w*_(?:SIZE|LENGTH)\b")
CHARACTER = re.compile(r"'([^'\\])'")
CALL = re.compile(r"\b(?!if\b|while\b|for\b|switch\b|return\b|sizeof\b)[a-z_]\w*\(")
OPENING, CLOSING = "([{", ")]}"


@dataclasses.dataclass(frozen=True)
class Part:
    """A function, macro, table or other declaration."""
    name: str
    start: int
    end: int


@dataclasses.dataclass(frozen=True)
class Change:
    start: int
    end: int
    text: str  # in its place
    operator: str


@dataclasses.dataclass(frozen=True)
class Mutant:
    file: str
    part: str
    operator: str
    ordinal: int
    start: int
    end: int
    text: str

    def __str__(self):
        return f"{pathlib.Path(self.file).name}: {self.part}: {self.operator}: {self.ordinal}"

    def of(self, source):
        return source[:self.start] + self.text + source[self.end:]

    def show(self, source):
        """For a reader: the line and what became of it."""
        line = source.count("\n", 0, self.start) + 1
        was = " ".join(source[self.start:self.end].split())
        return f"{self} ({self.file}:{line}: {was!r} -> {self.text!r})"


def hide(source):
    """Without comments, strings and characters, and as long."""
    return HIDDEN.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source)


def end_of_part(code, start):
    """After the line of a directive, the body of a function, or the semicolon."""
    if code[start] == "#":
        return re.compile(r"(?:\\\n|[^\n])*").match(code, start).end()
    depth = 0
    for at in range(start, len(code)):
        depth += (code[at] in OPENING) - (code[at] in CLOSING)
        if depth == 0 and code[at] == ";":
            return at + 1
        if depth == 0 and code[at] == "}":
            head = code[start:code.index("{", start)]
            if "(" in head and "=" not in head:
                return at + 1
    return len(code)


def name_of_part(code):
    if code.startswith("#"):
        found = re.match(r"# *define (\w+)", code)
        return found[1] if found else ""
    head = re.split(r"[{=;]", re.sub(r"__attribute__\(\(.*?\)\)", "", code))[0]
    found = (re.search(r"\b(\w+)\(", head) or
             re.search(r"(\w+)\s*(?:\[[^\]]*\]\s*)*$", head))
    return found[1] if found else ""


def parts_of(source):
    code = hide(source)
    at = 0
    while True:
        at += len(code[at:]) - len(code[at:].lstrip())
        if at == len(code):
            return
        end = end_of_part(code, at)
        name = name_of_part(code[at:end])
        if name and name != "_Static_assert":
            yield Part(name, at, end)
        at = end


def changes_of_token(code, token):
    """What may stand in place of a token, and the name of the operator."""
    before = code[:token.start()]
    if token["operator"] in OPERATORS:
        if token[0] in "-&" and (not re.search(r"[\w)\]] *$", before) or
                                 re.search(r"\b(return|\(\w+\)) *$", before)):
            return  # a sign, or an address
        yield OPERATORS[token[0]], f"{token[0]} -> {OPERATORS[token[0]]}"
    if token["name"] in NAMES and not re.search(r"[=!]= *$", before):
        yield NAMES[token[0]], f"{token[0]} -> {NAMES[token[0]]}"
    if token["number"]:
        value = int(token[0], 0)
        yield str(value + 1), "number + 1"
        if value > 0 and not token[0].startswith("0x"):
            yield str(value - 1), "number - 1"


def tokens(_source, code):
    for token in TOKEN.finditer(code):
        for text, operator in changes_of_token(code, token):
            yield Change(token.start(), token.end(), text, operator)


def dropped_statements(_source, code):
    for found in STATEMENT.finditer(code):
        if not DECLARATION.match(found["statement"]):
            yield Change(*found.span("statement"), ";", "dropped")


def matching(code, start):
    """Where the bracket before `start` closes."""
    depth = 1
    for at in range(start, len(code)):
        depth += (code[at] in OPENING) - (code[at] in CLOSING)
        if depth == 0:
            return at
    return len(code)


def conditions(code, words="if|while"):
    for found in re.finditer(rf"\b(?:{words}) \(", code):
        yield found.end(), matching(code, found.end())


def negations(source, code):
    """Of the conditions of statements, and of what functions return that answer yes or no."""
    spans = list(conditions(code))
    for function in re.finditer(r"^(?:static )?bool \w+\(.*?^\}", code, re.MULTILINE | re.DOTALL):
        for found in re.finditer(r"return ((?!true|false)[^;]+);", function[0]):
            spans.append(tuple(function.start() + at for at in found.span(1)))
    for start, end in spans:
        yield Change(start, end, f"!({source[start:end]})", "negated")


def start_of_operand(code, end, ends):
    """Where the operand begins whose last character is before `end`."""
    depth = 0
    for at in range(end - 1, -1, -1):
        depth += (code[at] in CLOSING) - (code[at] in OPENING)
        if depth < 0 or (depth == 0 and re.compile(ends).match(code, at)):
            found = re.compile(rf"{ends}|.").match(code, at)
            return found.end() + len(code[found.end():end]) - len(code[found.end():end].lstrip())
    return 0


def end_of_operand(code, start, ends):
    depth = 0
    for at in range(start, len(code)):
        if depth == 0 and (code[at] in CLOSING or re.compile(ends).match(code, at)):
            return start + len(code[start:at].rstrip())
        depth += (code[at] in OPENING) - (code[at] in CLOSING)
    return len(code)


BOUNDS = r"[;,?:]|\breturn\b|(?<![=!<>])=(?!=)"


def dropped_operands(_source, code):
    """Of conditions that are joined by && or ||."""
    for found in re.finditer(r" *(&&|\|\|)\s*", code):
        weaker = r"|\|\||&&" if found[1] == "&&" else r"|\|\|"
        yield Change(found.start(), end_of_operand(code, found.end(), BOUNDS + weaker), "",
                     "right operand dropped")
        yield Change(start_of_operand(code, found.start(), BOUNDS + weaker), found.end(), "",
                     "left operand dropped")


def settled_conditions(_source, code):
    """As if the answer were always the same, of if and ?:."""
    spans = list(conditions(code, "if"))
    for found in re.finditer(r"\s*\?", code):
        spans.append((start_of_operand(code, found.start(), BOUNDS), found.start()))
    for start, end in spans:
        for text in ("true", "false"):
            yield Change(start, end, text, f"condition {text}")


def smaller_sizes(_source, code):
    for found in SIZE.finditer(code):
        line = code[code.rfind("\n", 0, found.start()) + 1:found.start()]
        if not line.startswith("#"):
            yield Change(*found.span(), f"({found[0]} - 1)", "size - 1")


def other_characters(source, code):
    for found in CHARACTER.finditer(source):
        if code[found.start():found.end()].isspace():
            yield Change(*found.span(), f"'{chr(ord(found[1]) + 1)}'", "character + 1")


def swapped_arguments(source, code):
    for call in CALL.finditer(code):
        end = matching(code, call.end())
        if not re.match(r"\n\{", code[end + 1:]) and ";" not in code[call.end():end]:
            spans, at = [], call.end()
            while at < end:
                stop = end_of_operand(code, at, ",")
                spans.append((at + len(code[at:stop]) - len(code[at:stop].lstrip()), stop))
                at = code.find(",", stop, end) + 1 or end
            for (first, middle), (second, last) in zip(spans, spans[1:]):
                if code[first:middle] != code[second:last]:
                    yield Change(first, last, source[second:last] + source[middle:second] +
                                 source[first:middle], "arguments swapped")


def ignored_results(source, code):
    for found in re.finditer(r"return ([a-z_]\w*\([^;]*\));", code):
        start, end = found.span(1)
        yield Change(start, end, f"((void){source[start:end]}, SEVL_OK)", "result ignored")


BASIC = (tokens, dropped_statements, negations)
ALL = (*BASIC, dropped_operands, settled_conditions, smaller_sizes, other_characters,
       swapped_arguments, ignored_results)


def mutants_of(file, source, operators=ALL):
    """In the order of the source."""
    code = hide(source)
    changes = sorted((change for make in operators for change in make(source, code)),
                     key=lambda change: (change.start, change.end))
    count = collections.Counter()
    parts = list(parts_of(source))
    for change in changes:
        part = next((part for part in parts if part.start <= change.start < part.end), None)
        if part:
            count[part.name, change.operator] += 1
            yield Mutant(file, part.name, change.operator, count[part.name, change.operator],
                         change.start, change.end, change.text)
