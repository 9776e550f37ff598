using System.Text.Json;

namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>One thing that happened to an execution; which members are set depends on its kind.</summary>
public sealed record ExecutionEvent(ExecutionEventKind Kind, DateTimeOffset At)
{
    /// <summary>The stage that is meant.</summary>
    public string? Stage { get; init; }

    /// <summary>Key of the activity that finished.</summary>
    public string? Key { get; init; }

    /// <summary>What came of the activity, or the data of the signal.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>Why the activity failed; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>False for a failure that another try would not mend.</summary>
    public bool IsRetryable { get; init; }

    /// <summary>Name of the signal.</summary>
    public string? Signal { get; init; }

    /// <summary>Who asked for it.</summary>
    public string? By { get; init; }

    public string? Reason { get; init; }
}
