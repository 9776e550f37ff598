using System.Text.Json;

namespace Fairlead.Domain.Pipelines.Activities;

/// <summary>How an activity ended.</summary>
/// <param name="Output">What came of it; null for nothing.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
/// <param name="IsRetryable">False for a failure that another try would not mend.</param>
public sealed record ActivityOutcome(JsonElement? Output, string? Error, bool IsRetryable)
{
    private const string NothingMember = "nothing";

    public static readonly ActivityOutcome Empty = new(null, null, true);

    public static ActivityOutcome Succeeded(JsonElement output) => new(output, null, true);

    public static ActivityOutcome Failed(string error, bool isRetryable = true) => new(null, error, isRetryable);

    /// <summary>It ended well, as there was nothing to do.</summary>
    public static ActivityOutcome Nothing(string why) => Succeeded(JsonSerializer.SerializeToElement(new Dictionary<string, string> { [NothingMember] = why }));

    /// <summary>Why there was nothing to do; null when there was.</summary>
    public static string? WhyNothing(JsonElement output) => output.TryGetProperty(NothingMember, out var why) ? why.GetString() : null;
}
