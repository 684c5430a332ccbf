"""Words that say nothing by themselves, so that they are no theme."""

from functools import cache

_WORDS = {
    "nl": """aan af al alle alleen alles als altijd ander andere anders bent ben beetje bij
        bijna binnen bleef blijft daar daarna daardoor dan dat de deze deed deden die dit
        doe doen doet door dus echt een eens eerst eigenlijk elk elke en er erg ergens even
        ga gaan gaat gedaan geen geweest ging gewoon had hadden heb hebben heeft heel helemaal het
        hem hen hier hij hoe hun iedere iedereen iemand iets ik in is ja je jij jou jouw
        jullie kan kon konden kreeg krijg krijgen kunnen kunt laat later liet maar maak
        maakt maken me mee meer meest men met mij mijn misschien moest moet moeten mogen
        meteen na naar nee net niemand niet niets nog nogal nooit nou nu of om omdat onder ons
        onze ook op over overal paar pas per soms te tegen ter terug terwijl tijdens toch
        toe toen tot tussen u uit uw vaak van vanaf vanuit veel verder via vind vinden
        vond voor vooral waar waarom waren was wat we weer weg weinig wel welke werd
        werden wie wij wil wilde word worden wordt ze zeer zei zelf zelfs zeker zich zij
        zijn zo zoals zonder zou zouden zal zullen graag beter komt komen kwam kwamen
        staat stond zit zat keer dag jaar twee drie vier vijf zes zeven acht negen tien niks
        nieuw nieuwe gehad zien gezien maand maanden week weken uur uren minuten dagen jaren
        eerste tweede laatste zelfde inmiddels sinds volgende vorige""",
    "en": """a about above after again all almost also always am an and another any anything
        are as at back be because been before being both but by came can cannot can't come
        could couldn't did didn't do does doesn't doing don't done down each even ever
        every everyone everything few first for from get gets getting go goes going got
        had hadn't has hasn't have haven't having he her here him his how i if i'm in into
        is isn't it it's its i've just last least let like lot lots made make many may
        maybe me might more most much must my need never next no nor not nothing now of
        off on once one only or other others our out over own per please put quite rather
        really said same say see she should since so some someone something sometimes
        still such take than that that's the their them then there these they they're
        thing things think this those though through to too took two under until up upon
        us use used very via want wanted was wasn't way we well went were weren't what
        when where which while who why will wish with within without won't would wouldn't
        yes yet you your better time day year three four five six seven eight nine ten new
        nobody month months week weeks hour hours minutes days years second next previous""",
    "de": """ab aber alle allem allen alles als also am an andere anderen auch auf aus bei beim
        bin bis bist da dabei dadurch damit dann das dass dein dem den denn der des
        deshalb die dies diese dieser dieses doch dort du durch ein eine einem einen einer
        eines einfach er es etwas euch euer fuer ganz gar gehen geht gibt haben habe hat
        hatte hatten hier ich ihr ihre ihm ihn im immer in ist ja jede jeder jetzt kann
        kein keine koennen konnte leider machen macht man mehr mein meine mich mir mit
        muss nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine seit sich
        sie sind so sollte sondern ueber um und uns unser unsere unter viel viele vom von
        vor waere war waren was weil wenn wer werden wie wieder wir wird wo wurde wurden
        zu zum zur zwar zwischen mal tag jahr""",
    "fr": """a ai aller alors apres as assez au aucun aussi autre autres aux avait avant avec
        avoir avons beaucoup bien ca car ce cela ces cet cette ceux chaque chez comme
        comment c'est dans de deja depuis des donc du elle elles en encore entre est et
        etait etaient ete etes etre eu eux fait faire faut il ils j'ai je jamais l la le
        les leur leurs lors lui ma mais me meme mes moi moins mon n ne n'est ni nos notre
        nous on ont ou par parce pas pendant peu peut plus pour pourquoi pouvoir qu quand
        que quel quelle qui quoi rien s sa sans se sera ses si son sont sous sur ta te tes
        tous tout toute toutes tres trop tu un une va vers voir vos votre vous y jour an""",
}


@cache
def stop_words(language: str) -> frozenset[str]:
    """The words of a language that say nothing by themselves, folded.

    Args:
        language: as "nl" or "nl-BE".

    Returns:
        A small list; nothing for a language that has none.

    References:
        Our own lists: the words most used in comments, content words left out.

    Example:
        >>> "doet" in stop_words("nl"), "rekening" in stop_words("nl"), stop_words("it")
        (True, False, frozenset())
    """
    from insights.sentiment.words import folded  # its package's readers read these words, too

    code = language.split("-", maxsplit=1)[0].lower()
    return frozenset(folded(word, code) for word in _WORDS.get(code, "").split())
