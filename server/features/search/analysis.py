"""From typed text to units: folding, stems, words that the statistics lack, and repair."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

from server.core.transactions import Connection
from server.features.search import queries
from server.features.search.domain import (
    COMPOUND_WEIGHT,
    Alternative,
    Unit,
    as_head,
    as_typed,
    best_repair,
    edits_allowed,
    fold,
    has_digit,
    neighbour_swaps,
    quoted,
    split_exclusions,
    words_of,
)
from server.features.search.vocabulary import MIN_INNER_PART, Vocabulary

MAX_CHARACTERS = 400
MIN_PREFIX = 3
MIN_MODEL_PREFIX = 4
RARE_COUNT = 3
MIN_GAIN = 20
NO_WORDS, ONLY_STOP_WORDS = "nothing_searchable", "only_stop_words"


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a query asks for. ``reason`` says why it asks for nothing."""

    words: list[str] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    excluded: str = ""
    repaired: dict[str, str] = field(default_factory=dict)
    verbatim: frozenset[str] = frozenset()
    reason: str | None = None


async def analyse(connection: Connection, vocabulary: Vocabulary, text: str) -> Analysis:
    """Turn text into units; words that no product has are repaired, or given up as ``lost``."""
    wanted, unwanted = split_exclusions(text[:MAX_CHARACTERS])
    words = words_of(await _folded(connection, wanted))
    if not words:
        return Analysis(reason=NO_WORDS)
    units = await _units(connection, vocabulary, words)
    if not units:
        return Analysis(reason=ONLY_STOP_WORDS)
    excluded = await _excluded(connection, vocabulary, unwanted)
    units = await _complete(connection, vocabulary, units)
    verbatim = words_of(await _folded(connection, as_typed(wanted)))
    missing = [unit.word for unit in units if not unit.alternatives and unit.word not in verbatim]
    repaired = await repairs(connection, missing)
    if repaired:
        words = list(dict.fromkeys(repaired.get(word, word) for word in words))
        units = await _complete(connection, vocabulary, await _units(connection, vocabulary, words))
    return Analysis(
        words=words,
        units=[unit for unit in units if unit.alternatives],
        lost=[unit.word for unit in units if not unit.alternatives],
        excluded=excluded,
        repaired=repaired,
        verbatim=frozenset(verbatim),
    )


async def _folded(connection: Connection, text: str) -> str:
    return fold(text) if text.isascii() else await queries.fold_text(connection, text)


async def _units(connection: Connection, vocabulary: Vocabulary, words: list[str]) -> list[Unit]:
    pairs = [left + right for left, right in pairwise(words)]
    unknown = vocabulary.unknown_stems(words + pairs)
    if unknown:
        vocabulary.stems |= await queries.select_stems(connection, unknown)
    return vocabulary.units(words)


async def _excluded(connection: Connection, vocabulary: Vocabulary, unwanted: str) -> str:
    if not unwanted:
        return ""
    units = await _units(connection, vocabulary, words_of(await _folded(connection, unwanted)))
    lexemes = [vocabulary.stem(unit.word) for unit in units]
    return "|".join(f"{quoted(lexeme)}|{quoted(as_head(lexeme))}" for lexeme in lexemes)


async def _complete(connection: Connection, vocabulary: Vocabulary, units: list[Unit]) -> list[Unit]:
    """Look up words that the statistics lack: they may be newer, or begin a longer word or model number."""
    open_places = [place for place, unit in enumerate(units) if not unit.alternatives]
    if not open_places:
        return units
    lexemes = [vocabulary.stem(units[place].word) for place in open_places]
    prefixes = [
        quoted(units[place].word, is_prefix=True) if _may_be_prefix(units, place) else quoted(lexeme)
        for place, lexeme in zip(open_places, lexemes, strict=True)
    ]
    found = await queries.select_presence(
        connection,
        [quoted(lexeme) for lexeme in lexemes],
        prefixes,
        [quoted(as_head(lexeme)) for lexeme in lexemes],
    )
    presence = dict(zip(open_places, found, strict=True))
    complete: list[Unit] = []
    for place, unit in enumerate(units):
        complete += _looked_up(vocabulary, unit, presence[place]) if place in presence else [unit]
    return complete


def _looked_up(vocabulary: Vocabulary, unit: Unit, presence: queries.Presence) -> list[Unit]:
    if presence.exact:
        return [unit.also(Alternative(vocabulary.stem(unit.word), 1.0, presence.exact))]
    if presence.heads:
        return [unit.also(Alternative(as_head(vocabulary.stem(unit.word)), 1.0, presence.heads))]
    if presence.prefix:
        begun = Alternative(unit.word, COMPOUND_WEIGHT, presence.prefix, is_prefix=True)
        return [unit.also(begun)]
    if has_digit(unit.word) and len(unit.word) >= MIN_INNER_PART:
        inner = vocabulary.containing(unit.word)
        if inner:
            return [replace(unit, alternatives=tuple(inner))]
    return vocabulary.split(unit)


def _may_be_prefix(units: list[Unit], place: int) -> bool:
    """Only the last word may be unfinished; a part of a model number may stand anywhere."""
    word = units[place].word
    if has_digit(word):
        return len(word) >= MIN_MODEL_PREFIX
    return len(word) >= MIN_PREFIX and place == len(units) - 1


async def repairs(connection: Connection, words: list[str], *, most_edits: int = 2) -> dict[str, str]:
    """Find what was probably meant by words that no product has."""
    doubtful = [word for word in words if edits_allowed(word)]
    if not doubtful:
        return {}
    swaps = [(word, swapped) for word in doubtful for swapped in neighbour_swaps(word)]
    candidates = await queries.select_similar_words(connection, doubtful, swaps)
    found = {word: best_repair(word, candidates[word], most_edits) for word in doubtful}
    return {word: better for word, better in found.items() if better is not None}


async def repair_rare(connection: Connection, vocabulary: Vocabulary, analysis: Analysis) -> Analysis | None:
    """Look for the rarest word's far more frequent neighbour as well; ``None`` when there is none.

    What has the word as typed stays, and comes first.
    """
    rare = [
        unit
        for unit in analysis.units
        if unit.typed_count <= RARE_COUNT
        and unit.word not in analysis.verbatim
        and edits_allowed(unit.word)
        # Part of a model number that was found is no slip.
        and not any(has_digit(alternative.lexeme) for alternative in unit.alternatives)
    ]
    if not rare:
        return None
    unit = min(rare, key=lambda unit: unit.typed_count)
    better = (await repairs(connection, [unit.word], most_edits=1)).get(unit.word)
    if better is None:
        return None
    meant = (await _complete(connection, vocabulary, await _units(connection, vocabulary, [better])))[:1]
    if not meant or meant[0].typed_count < MIN_GAIN * max(1, unit.typed_count):
        return None
    wider = unit
    for alternative in meant[0].alternatives:
        wider = wider.also(replace(alternative, weight=alternative.weight * COMPOUND_WEIGHT))
    return replace(
        analysis,
        units=[wider if known is unit else known for known in analysis.units],
        repaired=analysis.repaired | {unit.word: better},
    )
