#include "layer_domain.h"

#include "geo/memory.h"

#include <stdio.h>
#include <string.h>

static const struct layer_code status_codes[] = {
    {"choice", {"Choice", "Val"}},
    {"limited", {"Limited choice", "Begränsat val"}},
    {"none", {"No supplier within reach", "Ingen leverantör inom räckhåll"}},
};
static const struct layer_code cause_codes[] = {
    {"no-area", {"In no area yet", "Ännu i inget område"}},
    {"no-supplier", {"No supplier in the area", "Ingen leverantör i området"}},
    {"border", {"The area's border", "Områdesgränsen"}},
    {"distance", {"Distance", "Avstånd"}},
    {"market", {"Too few suppliers", "För få leverantörer"}},
};
static const struct layer_code need_codes[] = {
    {"area-wide", {"The whole area", "Hela området"}},
    {"local", {"Local", "Lokalt"}},
};
static const struct layer_code verdict_codes[] = {
    {"pass", {"Passes", "Klarar"}},
    {"fail", {"Fails", "Bryter"}},
    {"unknown", {"Not known", "Går inte att bedöma"}},
};
static const struct layer_code volume_codes[] = {
    {"enough", {"Enough participants", "Tillräckligt med deltagare"}},
    {"thin", {"Too few participants", "För få deltagare"}},
    {"diluted", {"Too many suppliers to share them", "För många leverantörer som delar på dem"}},
    {"unknown", {"Not known", "Okänt"}},
};
static const struct layer_code alignment_codes[] = {
    {"whole", {"With its region", "Samlad med sin region"}},
    {"metropolitan", {"Split off: metropolitan region", "Avskild: storstadsregion"}},
    {"commuting", {"Split off: commuting time", "Avskild: pendlingstid"}},
    {"straddling",
     {"Of another region than most of its area", "I en annan region än större delen av området"}},
    {"unexplained", {"Split off, unexplained", "Avskild, oförklarat"}},
};
static const struct layer_code placed_codes[] = {
    {"address", {"A point of its own", "Egen punkt"}},
    {"seat", {"The municipality's main town", "Kommunens centralort"}},
};
static const struct layer_code reach_codes[] = {
    {"within", {"Within the limit", "Inom gränsen"}},
    {"over", {"Over the limit", "Över gränsen"}},
    {"across", {"Nearer across the border", "Närmare över områdesgränsen"}},
};
static const struct layer_code change_codes[] = {
    {"lost", {"Loses", "Förlorar"}},
    {"gained", {"Gains", "Vinner"}},
    {"moved", {"Changes area, same status", "Byter område, samma status"}},
    {"same", {"As before", "Som förut"}},
};
static const struct layer_code move_codes[] = {
    {"stayed", {"Stays", "Stannar"}},
    {"transferred", {"Transferred to another area", "Överförd till ett annat område"}},
    {"split", {"Split off as a new area", "Avskild som nytt område"}},
    {"merged", {"Merged with another area", "Sammanslagen med ett annat område"}},
};
static const struct layer_code grouping_codes[] = {
    {"country", {"The country", "Riket"}},
    {"density", {"Density of population", "Befolkningstäthet"}},
    {"group", {"Group of municipalities", "Kommungrupp"}},
    {"county", {"County", "Län"}},
};
static const struct layer_code target_codes[] = {
    {"nearest", {"The nearest supplier", "Närmaste leverantör"}},
    {"second", {"The second nearest", "Den näst närmaste"}},
};

#define CODES(codes) (codes), sizeof(codes) / sizeof *(codes)

const struct layer_domain layer_domains[] = {
    {"status", " status status_before status_after ", CODES(status_codes)},
    {"cause", " cause cause_before cause_after ", CODES(cause_codes)},
    {"need", " need ", CODES(need_codes)},
    {"verdict",
     " verdict choice_verdict reach_verdict in_house_verdict market_verdict alignment_verdict "
     "contiguity_verdict ",
     CODES(verdict_codes)},
    {"volume", " volume ", CODES(volume_codes)},
    {"alignment", " alignment ", CODES(alignment_codes)},
    {"placed_at", " placed_at ", CODES(placed_codes)},
    {"reach", " reach ", CODES(reach_codes)},
    {"change", " change ", CODES(change_codes)},
    {"move", " move ", CODES(move_codes)},
    {"grouping", " grouping ", CODES(grouping_codes)},
    {"target", " equity.supplier ", CODES(target_codes)},
};
const size_t layer_n_domains = sizeof layer_domains / sizeof *layer_domains;

static bool lists(const char *columns, const char *layer, const char *column)
{
    char word[100];
    snprintf(word, sizeof word, "%s%s%s%s ", " ", layer, *layer ? "." : "", column);
    return strstr(columns, word) != NULL;
}

const struct layer_domain *layer_domain_of(const struct layer *layer, const struct layer_column *column)
{
    for (size_t i = 0; i < layer_n_domains; i++)
        if (column->type == LAYER_TEXT && (lists(layer_domains[i].columns, "", column->name) ||
                                           lists(layer_domains[i].columns, layer->name, column->name)))
            return &layer_domains[i];
    return NULL;
}

const struct layer_code *layer_domain_code(const struct layer_domain *domain, const char *value)
{
    for (size_t i = 0; domain && i < domain->n; i++)
        if (strcmp(domain->codes[i].value, value) == 0)
            return &domain->codes[i];
    return NULL;
}
