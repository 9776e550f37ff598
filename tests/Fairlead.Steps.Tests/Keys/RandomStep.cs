using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Tests.Keys;

/// <summary>A step with random content of everything that a key can hold, and ways to say the same otherwise, or something else.</summary>
/// <param name="Values">By name, each as JSON.</param>
internal sealed record RandomStep(
    string Command, List<(string Path, string Content)> Code, List<(string Name, string Content)> Inputs, List<(string Name, string Json)> Values, List<(string Name, string Text)> Variables,
    List<(string Name, string Version)> Tools, List<(string Path, string Content)> Locks, List<string> Outputs, string? Metrics)
{
    /// <summary>Letters that mean something in JSON, YAML, the encoding or its parts' names, and letters of one to four bytes.</summary>
    private static readonly string[] Letters = ["a", "b", "A", "0", "1", ".", "-", ":", ",", "\"", "\\", "/", "[", "{", "}", " ", "\n", "\r", "\t", "\0", "\u0001", "\b", "param:", "code:", "null", "ü", "u\u0308", "İ", "ı", "Ω", "\u2028", "\uFFFD", "\uFEFF", "日", "😀"];

    public static RandomStep Of(Random random) => new(
        Text(random),
        Named(random, Text),
        Named(random, Text),
        Named(random, Json),
        Named(random, Text),
        Named(random, Text),
        Named(random, Text),
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => Text(random)).Distinct(StringComparer.Ordinal)],
        random.Next(3) == 0 ? Text(random) : null);

    public StepKey Key()
    {
        var step = new StepDefinition
        {
            Name = "step",
            Run = Command,
            Code = [.. Code.Select(code => code.Path)],
            Parameters = Map(Values, value => JsonDocument.Parse(value).RootElement),
            Environment = Map(Variables, value => value),
            Tools = [.. Tools.Select(tool => tool.Name)],
            LockFiles = [.. Locks.Select(file => file.Path)],
            Outputs = Outputs,
            Metrics = Metrics,
        };
        var sources = new StepSources
        {
            Code = Map(Code, Artifact),
            Scripts = new Dictionary<string, byte[]>(),
            Tools = Map(Tools, version => version),
            LockFiles = Map(Locks, content => Artifact(content).Digest),
        };
        return KeyParts.Compute(step, sources, [.. Inputs.Select(input => new RunInput(input.Name, "a/b", Artifact(input.Content), null, null))], null);
    }

    /// <summary>The same said otherwise: every map and list in another order, every string of JSON with other escapes.</summary>
    public RandomStep Respelled(Random random) => this with
    {
        Code = Shuffled(Code, random),
        Inputs = Shuffled(Inputs, random),
        Values = Shuffled([.. Values.Select(value => (value.Name, Respelled(value.Json, random)))], random),
        Variables = Shuffled(Variables, random),
        Tools = Shuffled(Tools, random),
        Locks = Shuffled(Locks, random),
        Outputs = Shuffled(Outputs, random),
    };

    /// <summary>One thing of it changed, added, removed or moved to where it means something else.</summary>
    public RandomStep Changed(Random random) => random.Next(9) switch
    {
        0 => this with { Command = Other(Command, random) },
        1 => this with { Code = Changed(Code, random, Other) },
        2 => this with { Inputs = Changed(Inputs, random, Other) },
        3 => this with { Values = Changed(Values, random, OtherJson) },
        4 => this with { Variables = Changed(Variables, random, Other) },
        5 => this with { Tools = Changed(Tools, random, Other) },
        6 => this with { Locks = Changed(Locks, random, Other) },
        7 => this with { Outputs = Outputs.Count > 0 && random.Next(2) == 0 ? Outputs[1..] : [.. Outputs, string.Concat(Outputs) + "x"] },
        _ => this with { Metrics = Metrics is null ? "" : random.Next(2) == 0 ? null : Other(Metrics, random) },
    };

    public static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Letters[random.Next(Letters.Length)]));

    private static string Json(Random random) => random.Next(5) switch
    {
        0 => random.Next(2) == 0 ? "true" : "false",
        1 => random.Next(-9, 9).ToString(System.Globalization.CultureInfo.InvariantCulture),
        2 => new[] { "0.1", "0.10", "1e-1", "1E-1", "-0", "0", "100000000000000000000", "1e400" }[random.Next(8)],
        _ => JsonSerializer.Serialize(Text(random), StepsJson.Default.String),
    };

    private static List<(string, T)> Named<T>(Random random, Func<Random, T> value) =>
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => Text(random)).Distinct(StringComparer.Ordinal).Select(name => (name, value(random)))];

    private static Dictionary<string, T> Map<T>(List<(string Name, string Value)> entries, Func<string, T> convert) =>
        entries.ToDictionary(entry => entry.Name, entry => convert(entry.Value), StringComparer.Ordinal);

    private static ArtifactRef Artifact(string content) => new(ArtifactKind.Blob, Digest.Of(System.Text.Encoding.UTF8.GetBytes(content)), 1);

    private static List<T> Shuffled<T>(List<T> list, Random random)
    {
        var items = list.ToArray();
        random.Shuffle(items);
        return [.. items];
    }

    private static string Respelled(string json, Random random) => json[0] != '"'
        ? json
        : $"\"{string.Concat(JsonSerializer.Deserialize(json, StepsJson.Default.String)!.Select(c => random.Next(3) == 0 || c < ' ' || c is '"' or '\\' || char.IsSurrogate(c) ? $"\\u{(int)c:x4}" : $"{c}"))}\"";

    private static List<(string Name, string Value)> Changed(List<(string Name, string Value)> entries, Random random, Func<string, Random, string> other)
    {
        if (entries.Count == 0 || random.Next(4) == 0)
            return [.. entries, (string.Concat(entries.Select(entry => entry.Name)) + "x", other("0", random))];
        var at = random.Next(entries.Count);
        var (name, value) = entries[at];
        return random.Next(3) switch
        {
            0 => [.. entries[..at], .. entries[(at + 1)..]],
            1 => [.. entries[..at], (string.Concat(entries.Select(entry => entry.Name)) + "x", value), .. entries[(at + 1)..]],
            _ => [.. entries[..at], (name, other(value, random)), .. entries[(at + 1)..]],
        };
    }

    private static string Other(string text, Random random)
    {
        string other;
        do
        {
            var at = random.Next(text.Length + 1);
            // Never between the halves of one letter.
            while (at > 0 && at < text.Length && char.IsLowSurrogate(text[at]))
                at--;
            var end = at < text.Length && random.Next(2) == 0 ? at + (char.IsHighSurrogate(text[at]) ? 2 : 1) : at;
            other = text[..at] + (end > at && random.Next(2) == 0 ? "" : Letters[random.Next(Letters.Length)]) + text[end..];
        }
        while (other == text);
        return other;
    }

    private static string OtherJson(string json, Random random)
    {
        string other;
        do
            other = Json(random);
        while (other == json || (other[0] == '"' && json[0] == '"' && Same(other, json)));
        return other;
    }

    private static bool Same(string one, string other) => JsonSerializer.Deserialize(one, StepsJson.Default.String) == JsonSerializer.Deserialize(other, StepsJson.Default.String);
}
