using System.Text.Json;
using Fairlead.Domain.Problems;

namespace Fairlead.Predictions.Outcomes;

/// <summary>The texts in the outcomes of one call, and whether they may be in their fields.</summary>
internal sealed class OutcomeTexts
{
    private readonly Dictionary<string, (int Values, int Numbers, int First)> fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyList<Outcome> outcomes;

    /// <param name="outcomes">Each is valid by itself.</param>
    public OutcomeTexts(IReadOnlyList<Outcome> outcomes)
    {
        this.outcomes = outcomes;
        for (var i = 0; i < outcomes.Count; i++)
        {
            foreach (var field in outcomes[i].Values.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null))
                Count(field, i);
        }
    }

    /// <summary>Fields that some outcome has a text for.</summary>
    public IEnumerable<string> Fields => fields.Where(pair => pair.Value.First >= 0).Select(pair => pair.Key);

    /// <param name="numbers">Those of <see cref="Fields"/> of which nothing but numbers is recorded.</param>
    /// <exception cref="FairleadException">Invalid: a text in a field of numbers, or in one for which the call has mostly numbers.</exception>
    public void Check(IReadOnlySet<string> numbers)
    {
        foreach (var name in Fields)
        {
            if (numbers.Contains(name))
                throw Refuse(name, "as all that is recorded of it is");
            if (2 * fields[name].Numbers > fields[name].Values)
                throw Refuse(name, "as most of what comes with it is");
        }
    }

    private void Count(JsonProperty field, int index)
    {
        var (values, numbers, first) = fields.GetValueOrDefault(field.Name, (0, 0, -1));
        var isText = field.Value.ValueKind == JsonValueKind.String;
        fields[field.Name] = (values + 1, numbers + (field.Value.ValueKind == JsonValueKind.Number ? 1 : 0), first < 0 && isText ? index : first);
    }

    private FairleadException Refuse(string name, string why)
    {
        var index = fields[name].First;
        var text = outcomes[index].Values.EnumerateObject().First(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && field.Value.ValueKind == JsonValueKind.String).Value.GetString()!;
        return FairleadException.Invalid(
            $"The field '{name}' of the {OutcomeRules.Place(outcomes[index], index)} is '{(text.Length > 50 ? text[..50] + "…" : text)}', which is no number, {why}; give a number, or the text in a field of another name.");
    }
}
