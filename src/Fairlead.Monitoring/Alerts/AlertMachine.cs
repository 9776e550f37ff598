namespace Fairlead.Monitoring.Alerts;

/// <summary>How an alert goes from one state to the next: a pure function of the state, what was read, and when.</summary>
public static class AlertMachine
{
    /// <summary>As many firings within an hour are flapping.</summary>
    public const int FlappingFirings = 3;

    /// <summary>Longer between two evaluations counts as this: nobody looked meanwhile, or the clock was set.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(2);

    /// <summary>Without a value for so long it is not known to fire any more.</summary>
    public static readonly TimeSpan UnknownLimit = TimeSpan.FromMinutes(15);

    private const int MostFirings = 10;
    private static readonly TimeSpan ShortestClear = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestClear = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FlappingClear = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    /// <param name="state">Of the last evaluation; null before the first.</param>
    /// <param name="isSilenced">True while nobody wants to be told.</param>
    public static AlertStep Next(AlertState? state, AlertRule rule, AlertReading reading, DateTimeOffset at, bool isSilenced)
    {
        var before = state ?? new AlertState { Rule = rule.Name, Target = reading.Target, EvaluatedAt = at };
        var gap = at - before.EvaluatedAt;
        gap = gap < TimeSpan.Zero ? TimeSpan.Zero : gap > LongestGap ? LongestGap : gap;
        var now = before with { EvaluatedAt = at, Value = reading.Value, Service = reading.Service ?? before.Service, Environment = reading.Environment ?? before.Environment, RecentFirings = [.. before.RecentFirings.Where(fired => at - fired < Recent)] };
        var next = before.Phase == AlertPhase.Firing ? WhileFiring(now, rule, reading.Value, gap) : WhileQuiet(now, before, rule, reading.Value, gap);
        return Tell(next, before, isSilenced);
    }

    /// <summary>How long a firing alert must be clear until it is resolved.</summary>
    public static TimeSpan ClearAfter(AlertState state, AlertRule rule) =>
        state.IsFlapping ? FlappingClear : rule.For < ShortestClear ? ShortestClear : rule.For > LongestClear ? LongestClear : rule.For;

    /// <summary>Ends what a rule that is gone has begun.</summary>
    public static AlertStep End(AlertState state, DateTimeOffset at) =>
        Tell(state.Phase == AlertPhase.Firing ? Resolve(state with { EvaluatedAt = at }) : state with { Phase = AlertPhase.Ok, Held = TimeSpan.Zero }, state, false);

    private static AlertState WhileQuiet(AlertState now, AlertState before, AlertRule rule, double? value, TimeSpan gap)
    {
        if (value is not { } known || !rule.Condition.Holds(known))
            return now with { Phase = AlertPhase.Ok, Held = TimeSpan.Zero };
        var held = before.Phase == AlertPhase.Pending ? before.Held + gap : TimeSpan.Zero;
        return held < rule.For
            ? now with { Phase = AlertPhase.Pending, Held = held }
            : now with
            {
                Phase = AlertPhase.Firing,
                Held = held,
                Clear = null,
                Unknown = TimeSpan.Zero,
                FiredAt = now.EvaluatedAt,
                ResolvedAt = null,
                IsTold = false,
                RecentFirings = [.. now.RecentFirings.TakeLast(MostFirings - 1), now.EvaluatedAt],
            };
    }

    private static AlertState WhileFiring(AlertState now, AlertRule rule, double? value, TimeSpan gap)
    {
        if (value is not { } known)
        {
            var unknown = now.Unknown + gap;
            return unknown >= UnknownLimit ? Resolve(now) : now with { Unknown = unknown, Clear = null };
        }

        if (rule.Condition.Holds(known))
            return now with { Held = now.Held + gap, Clear = null, Unknown = TimeSpan.Zero };
        var clear = now.Clear is { } since ? since + gap : TimeSpan.Zero;
        return clear >= ClearAfter(now, rule) ? Resolve(now) : now with { Clear = clear, Unknown = TimeSpan.Zero };
    }

    private static AlertState Resolve(AlertState now) => now with
    {
        Phase = AlertPhase.Ok,
        Held = TimeSpan.Zero,
        Clear = null,
        Unknown = TimeSpan.Zero,
        ResolvedAt = now.EvaluatedAt,
        AcknowledgedBy = null,
        AcknowledgedAt = null,
    };

    private static AlertStep Tell(AlertState next, AlertState before, bool isSilenced)
    {
        var hasFired = before.Phase != AlertPhase.Firing && next.Phase == AlertPhase.Firing;
        var hasResolved = before.Phase == AlertPhase.Firing && next.Phase != AlertPhase.Firing;
        // What began in silence is told when the silence ends; what nobody heard of need not be taken back.
        if (next is { Phase: AlertPhase.Firing, IsTold: false, Clear: null } && !isSilenced)
            return new AlertStep(next with { IsTold = true }, AlertChange.Firing, hasFired, hasResolved);
        return new AlertStep(hasResolved ? next with { IsTold = false } : next, hasResolved && before.IsTold ? AlertChange.Resolved : null, hasFired, hasResolved);
    }
}
