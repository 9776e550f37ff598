using System.Text.Json;

namespace Fairlead.Conformance.Running;

/// <summary>Results for programs: one object with the rules in order and the counts.</summary>
internal static class JsonReport
{
    public static void Write(Stream output, IReadOnlyList<RuleResult> results)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartArray("rules");
        foreach (var (rule, verdict) in results)
        {
            json.WriteStartObject();
            json.WriteString("name", rule.Name);
            json.WriteString("verdict", verdict.Outcome.ToString().ToLowerInvariant());
            if (verdict.Reason.Length > 0)
                json.WriteString("reason", verdict.Reason);
            json.WriteString("level", rule.Requirement.Level.ToString().ToLowerInvariant());
            json.WriteString("document", rule.Requirement.Document);
            json.WriteString("section", rule.Requirement.Section);
            json.WriteString("sentence", rule.Requirement.Sentence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        foreach (var outcome in Enum.GetValues<Outcome>())
            json.WriteNumber(outcome.ToString().ToLowerInvariant(), results.Count(result => result.Verdict.Outcome == outcome));
        json.WriteEndObject();
    }
}
