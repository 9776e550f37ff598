using Fairlead.Domain.Services;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Makes what a service says of its capture out of its checked map, and reports what does not go together.</summary>
internal sealed class CaptureBuilder(ProblemList problems)
{
    /// <param name="name">Of the service.</param>
    public CapturePolicy Build(string name, YamlMap capture)
    {
        CheckFields(name, capture);
        return new CapturePolicy
        {
            Sample = capture.Scalar(Keys.Sample) is { } sample ? CoreSchema.ToJson(sample).GetDouble() : 1,
            Redact = capture.List(Keys.Redact).Texts,
            Hash = capture.List(Keys.Hash).Texts,
            Retention = capture.Text(Keys.Retention) is { } retention ? TextFormats.ToTimeSpan(retention) : null,
            MaxBody = capture.Text(Keys.MaxBody) is { } size ? TextFormats.ToBytes(size) : null,
        };
    }

    private void CheckFields(string name, YamlMap capture)
    {
        var redacted = capture.List(Keys.Redact).Texts.ToHashSet(StringComparer.Ordinal);
        foreach (var field in capture.List(Keys.Hash).Items.OfType<YamlScalar>().Where(field => redacted.Contains(field.Value)))
            problems.Add(field.Place, $"field '{Quoted.Text(field.Value)}' of service '{name}' is both redacted and hashed; keep one of them");
    }
}
