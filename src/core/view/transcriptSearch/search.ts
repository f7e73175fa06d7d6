import { timeLimited } from '../../util/timeLimited';
import { excerptOf, type Excerpt } from './excerpt';
import { searchedFields, type MatchPlace, type SearchedConversation } from './fields';
import type { Find } from './query';

export interface TranscriptMatch {
  readonly place: MatchPlace;
  readonly excerpt: Excerpt;
  /** The first that was found there, as it stands in the transcript, bounded: what to point at once it is open. */
  readonly found: string;
}

export interface TranscriptMatches {
  /** From top to bottom, at most `mostMatches`. */
  readonly matches: readonly TranscriptMatch[];
  /** All of them: one for each message, name or value in which something was found. */
  readonly total: number;
}

/** Of one conversation; nobody reads more before opening it. */
export const mostMatches = 100;

/** UTF-16 units. */
const longestFound = 200;

/** Milliseconds that a regular expression may take for one conversation. */
const timeLimit = 500;

/** @throws TimeoutError for a regular expression that does */
export function searchTranscript(conversation: SearchedConversation, find: Find, isRegex: boolean): TranscriptMatches {
  const work = (): TranscriptMatches => search(conversation, find);
  return isRegex ? timeLimited(timeLimit, work) : work();
}

function search(conversation: SearchedConversation, find: Find): TranscriptMatches {
  const matches: TranscriptMatch[] = [];
  let total = 0;
  for (const { place, text } of searchedFields(conversation)) {
    const finding = find(text);
    const [first] = finding.ranges;
    if (first === undefined) continue;
    total += 1;
    if (matches.length === mostMatches) continue;
    const found = finding.text.slice(first[0], Math.min(first[1], first[0] + longestFound));
    matches.push({ place, excerpt: excerptOf(finding), found });
  }
  return { matches, total };
}
