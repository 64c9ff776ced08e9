"""Words too common to tell what a text is about."""

STOPWORDS: dict[str, frozenset[str]] = {
    "fr": frozenset(
        "a à afin ai ainsi alors après as au aucun aucune aujourd aura aurait aussi autre autres aux avaient"
        " avait avant avec avez avoir avons ayant beaucoup bien c ça car ce ceci cela celle celles celui ces"
        " cet cette ceux chaque chez comme comment contre d dans de déjà depuis des désormais deux dire dit"
        " doit donc dont du durant elle elles en encore enfin entre es est et étaient était étant été être eu"
        " eux fait faire fois font h hier il ils j je jusqu jusque l la là laquelle le lequel les lesquels leur"
        " leurs lors lorsque lui m ma mais mal me même mêmes mes mis moins mon n ne ni non nos notre nous on"
        " ont or ou où par parce parmi pas pendant peu peut plus plusieurs plutôt pour pourrait pourtant près"
        " puis puisque qu quand que quel quelle quelles quelque quelques quels qui quoi rien s sa sans sauf se"
        " selon sera serait seront ses si sien soit son sont sous souvent sur t ta tandis tant te tel telle"
        " tels tes toi ton toujours tous tout toute toutes très trop tu un une vers voici voilà vos votre vous"
        " y".split()
    ),
    "en": frozenset(
        "a about above after again against all also am an and any are as at be because been before being below"
        " between both but by can could did do does doing down during each few for from further had has have"
        " having he her here hers him his how i if in into is it its just me more most much must my no nor not"
        " now of off on once one only or other our out over own said same say says she should since so some"
        " such than that the their them then there these they this those through to too two under until up upon"
        " us very was we were what when where which while who whom why will with within would yet you your".split()
    ),
}
