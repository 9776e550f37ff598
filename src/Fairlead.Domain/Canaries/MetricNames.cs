using System.Text.RegularExpressions;

namespace Fairlead.Domain.Canaries;

/// <summary>The metrics that are always there.</summary>
public static partial class MetricNames
{
    public const string Latency = "latency.";
    public const string Mean = "latency.mean";
    public const string ErrorRate = "error.rate";
    public const string RequestRate = "request.rate";
    public const string Queue = "queue";
    public const string ShedRate = "shed.rate";

    /// <summary>Of the instances of a command service: processors in use by instance, processor time by request, memory by instance.</summary>
    public const string Cpu = "cpu.usage";
    public const string CpuByRequest = "cpu.request";
    public const string Memory = "memory.usage";

    /// <summary>Time by request in the model, or in an instance, without waiting.</summary>
    public const string Inference = "inference.time";
    public const string Kpi = "kpi.";
    public const string Input = "input.";
    public const string Output = "output.";

    /// <summary>Of requests that a shadow got a copy of: the same request on both sides.</summary>
    public const string Paired = "paired.";
    public const string PairedLatency = "paired.latency";
    public const string PairedErrors = "paired.errors";
    public const string PairedOutput = "paired.output.";
    public const string PairedAgreement = "paired.agreement.";

    /// <summary>Examples of all of them, for messages.</summary>
    public static readonly IReadOnlyList<string> Examples =
    [
        "latency.p50", "latency.p90", "latency.p95", "latency.p99", Mean, ErrorRate, RequestRate, Queue, ShedRate, Cpu, CpuByRequest, Memory, Inference, "kpi.NAME", "output.FIELD", "input.FIELD",
        PairedLatency, PairedErrors, "paired.output.FIELD", "paired.agreement.FIELD",
    ];

    /// <summary>True for a name that is one of a metric that is always there; whether there is such a field or KPI is another question.</summary>
    public static bool IsBuiltIn(string name) => BuiltIn().IsMatch(name);

    /// <summary>True for what hosts say of server groups, rather than their predictions.</summary>
    public static bool IsOfHosts(string name) => name is Queue or ShedRate or Inference || IsOfInstances(name);

    /// <summary>True for what only command services have.</summary>
    public static bool IsOfInstances(string name) => name is Cpu or CpuByRequest or Memory;

    public static bool IsPaired(string name) => name.StartsWith(Paired, StringComparison.Ordinal);

    [GeneratedRegex(@"\A(?:latency\.(?:p[1-9][0-9]?|mean)|error\.rate|request\.rate|queue|shed\.rate|cpu\.(?:usage|request)|memory\.usage|inference\.time|kpi\.[a-z][a-z0-9_]*|(?:output|input|paired\.output|paired\.agreement)\.[^\x00-\x20\x7F]{1,200}|paired\.latency|paired\.errors)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BuiltIn();
}
