using System.Text.Json.Serialization;

namespace Fairlead.Statistics.Canary;

/// <summary>When a canary is judged, and over what time.</summary>
/// <param name="Lifetime">Of the canary after its warm-up.</param>
/// <param name="Interval">Between judgements; none, zero or more than the lifetime is one judgement at the end.</param>
/// <param name="LookBack">How far back a judgement looks; none or zero is to the end of the warm-up.</param>
/// <param name="WarmUp">Time at the beginning that is not judged.</param>
/// <param name="Step">Between two points of a metric; a minute unless given.</param>
/// <param name="BaselineOffset">How much earlier the control's window lies.</param>
public sealed record CanaryPlan(
    TimeSpan Lifetime,
    TimeSpan? Interval = null,
    TimeSpan? LookBack = null,
    TimeSpan WarmUp = default,
    TimeSpan? Step = null,
    TimeSpan BaselineOffset = default)
{
    /// <summary>Judgements that a plan may have.</summary>
    public const int MostLooks = 10_000;

    /// <summary>Between two points of a metric.</summary>
    public static readonly TimeSpan UsualStep = TimeSpan.FromMinutes(1);

    /// <summary>Judgements: as many whole intervals as the lifetime holds.</summary>
    [JsonIgnore]
    public int Looks => (int)Math.Min(MostLooks, Lifetime / EffectiveInterval);

    [JsonIgnore]
    public TimeSpan EffectiveInterval => Interval is { } interval && interval > TimeSpan.Zero && interval < Lifetime ? interval : Lifetime;

    /// <summary>What is wrong with it as a sentence; null when nothing is.</summary>
    public string? Refuse() =>
        Lifetime <= TimeSpan.Zero ? $"the lifetime is '{Lifetime}'; give more than zero"
        : WarmUp < TimeSpan.Zero || LookBack < TimeSpan.Zero || BaselineOffset < TimeSpan.Zero || Interval < TimeSpan.Zero ? "a duration is negative; give zero or more"
        : Step <= TimeSpan.Zero ? $"the step is '{Step}'; give more than zero"
        : Lifetime / EffectiveInterval > MostLooks + 1 ? $"an interval of '{EffectiveInterval}' gives more than {MostLooks} judgements; give a longer one"
        : null;

    /// <summary>The windows of a canary that began then, in order; each is judged at its end.</summary>
    /// <exception cref="InvalidOperationException">The plan is refused.</exception>
    public IReadOnlyList<CanaryWindow> Windows(DateTimeOffset start)
    {
        if (Refuse() is { } reason)
            throw new InvalidOperationException($"The plan cannot be followed: {reason}.");
        var from = start + WarmUp;
        return [.. Enumerable.Range(1, Looks).Select(look => WindowOf(from, look))];
    }

    /// <summary>The control's part of a window.</summary>
    public CanaryWindow ControlOf(CanaryWindow window) => window with { Start = window.Start - BaselineOffset, End = window.End - BaselineOffset };

    private CanaryWindow WindowOf(DateTimeOffset from, int look)
    {
        var end = from + (look * EffectiveInterval);
        var slides = LookBack > TimeSpan.Zero && LookBack < Lifetime;
        var begin = slides && end - LookBack!.Value > from ? end - LookBack.Value : from;
        return new CanaryWindow(begin, end, Step ?? UsualStep, look, Looks, slides);
    }
}
