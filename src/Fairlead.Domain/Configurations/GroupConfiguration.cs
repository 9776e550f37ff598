using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Configurations;

/// <summary>
/// What an environment makes of a service, as one canonical document: its digest says whether two server groups are configured alike. What is not there is
/// left out, so that a service without configuration has <c>{}</c>.
/// </summary>
public sealed record GroupConfiguration
{
    public static readonly GroupConfiguration Empty = new();

    /// <summary>Of a service without any configuration.</summary>
    public static readonly Digest EmptyDigest = Digest.Of("{}"u8);

    /// <summary>Every setting with the value that holds, defaults included.</summary>
    public IReadOnlyDictionary<string, JsonElement> Config { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>By variable, a reference; of a secret that Fairlead keeps with its version, such as <c>secret:db_password@3</c>, so that a new value is a change.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>Null when the environment says nothing.</summary>
    public InstanceBounds? Instances { get; init; }

    /// <summary>Reads a document.</summary>
    /// <exception cref="FairleadException">Damaged: it is none.</exception>
    public static GroupConfiguration Parse(ReadOnlySpan<byte> document)
    {
        try
        {
            var reader = new Utf8JsonReader(document);
            var root = JsonElement.ParseValue(ref reader);
            return new GroupConfiguration
            {
                Config = Members(root, "config").ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal),
                Secrets = Members(root, "secrets").ToDictionary(member => member.Name, member => member.Value.GetString()!, StringComparer.Ordinal),
                Instances = root.TryGetProperty("instances", out var counts) ? new InstanceBounds { Desired = Count(counts, "desired"), Max = Count(counts, "max"), Min = Count(counts, "min") } : null,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new FairleadException(ProblemKind.Damaged, $"A configuration in the store cannot be read ({e.Message.TrimEnd('.')}): deploy the release again.", e);
        }
    }

    /// <summary>The document: names sorted, no blanks.</summary>
    public byte[] ToBytes()
    {
        var target = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(target, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteConfig(json);
            WriteInstances(json);
            WriteSecrets(json);
            json.WriteEndObject();
        }

        return target.WrittenSpan.ToArray();
    }

    private static IEnumerable<JsonProperty> Members(JsonElement root, string name) => root.TryGetProperty(name, out var map) ? map.EnumerateObject() : Enumerable.Empty<JsonProperty>();

    private static int? Count(JsonElement counts, string name) => counts.TryGetProperty(name, out var count) ? count.GetInt32() : null;

    private void WriteConfig(Utf8JsonWriter json)
    {
        if (Config.Count == 0)
            return;
        json.WriteStartObject("config"u8);
        foreach (var (name, value) in Config.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            ConfigJson.Write(json, value);
        }

        json.WriteEndObject();
    }

    private void WriteInstances(Utf8JsonWriter json)
    {
        if (Instances is null)
            return;
        json.WriteStartObject("instances"u8);
        foreach (var (name, count) in new[] { ("desired", Instances.Desired), ("max", Instances.Max), ("min", Instances.Min) })
        {
            if (count is { } number)
                json.WriteNumber(name, number);
        }

        json.WriteEndObject();
    }

    private void WriteSecrets(Utf8JsonWriter json)
    {
        if (Secrets.Count == 0)
            return;
        json.WriteStartObject("secrets"u8);
        foreach (var (variable, reference) in Secrets.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(variable, reference);
        json.WriteEndObject();
    }
}
