using System.Collections;

namespace Fairlead.Serving.Telemetry.Export;

/// <summary>What the variables of OpenTelemetry say: nothing is exported unless they name where to.</summary>
internal sealed class OtlpSettings
{
    public const string Sampler = "OTEL_TRACES_SAMPLER";
    private const string Prefix = "OTEL_";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Off = "none";

    /// <param name="variables">Null for those of the process.</param>
    public OtlpSettings(IReadOnlyDictionary<string, string>? variables)
    {
        Variables = variables ?? OfProcess();
        var isOff = string.Equals(Get("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);
        HasTraces = !isOff && Has("TRACES");
        HasMetrics = !isOff && Has("METRICS");
    }

    public IReadOnlyDictionary<string, string> Variables { get; }

    public bool HasTraces { get; }

    public bool HasMetrics { get; }

    /// <summary>Null for a variable that is not set, or empty.</summary>
    public string? Get(string name) => Variables.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    private bool Has(string signal) =>
        Get($"OTEL_{signal}_EXPORTER") != Off && (Get(Endpoint) ?? Get($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")) is not null;

    private static Dictionary<string, string> OfProcess() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Where(variable => ((string)variable.Key).StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);
}
