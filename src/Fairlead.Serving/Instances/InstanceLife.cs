using Fairlead.Domain.Instances;

namespace Fairlead.Serving.Instances;

/// <summary>Where an instance is in its life. <see cref="Next"/> is the whole of its rules; whoever runs it does what the state says.</summary>
internal sealed record InstanceLife
{
    public static readonly InstanceLife New = new();

    public InstanceState State { get; private init; } = InstanceState.Waiting;

    /// <summary>When it came into its state, on the monotonic clock.</summary>
    public TimeSpan Since { get; private init; }

    /// <summary>When it is to be started, or may take requests again.</summary>
    public TimeSpan Until { get; private init; }

    public int Starts { get; private init; }

    public int Restarts => Math.Max(0, Starts - 1);

    /// <summary>Ends in a row, without a while of health between.</summary>
    public int Ends { get; private init; }

    /// <summary>Failed checks in a row.</summary>
    public int FailedChecks { get; private init; }

    /// <summary>Ejections for its answers in a row.</summary>
    public int Ejections { get; private init; }

    public bool WasReady { get; private init; }

    /// <summary>Why it is not ready.</summary>
    public string? Message { get; private init; }

    /// <summary>It runs, but will not get well by itself: it is to be ended.</summary>
    public bool MustEnd(TimeSpan now, TimeSpan startTimeout, InstancePolicy policy) => State switch
    {
        InstanceState.Starting => now - Since >= startTimeout,
        InstanceState.Ready or InstanceState.Ejected => FailedChecks >= policy.ChecksToEnd,
        _ => false,
    };

    public InstanceLife Next(in InstanceEvent happened, InstancePolicy policy)
    {
        if (State == InstanceState.Draining)
            return this;
        return happened.Kind switch
        {
            InstanceEventKind.Started => To(InstanceState.Starting, happened) with { Starts = Starts + 1, FailedChecks = 0, Message = "It has not answered its check yet." },
            InstanceEventKind.Ended => To(InstanceState.Waiting, happened) with { Ends = Ends + 1, Until = happened.At + policy.PauseAfter(Ends + 1, happened.Jitter) },
            InstanceEventKind.CheckPassed => AfterPassed(happened, policy),
            InstanceEventKind.CheckFailed => AfterFailed(happened, policy),
            InstanceEventKind.AnswersFailed when State == InstanceState.Ready =>
                To(InstanceState.Ejected, happened) with { Ejections = Ejections + 1, Until = happened.At + policy.EjectionOf(Ejections + 1) },
            InstanceEventKind.AnswersFailed => this,
            InstanceEventKind.DrainBegan => To(InstanceState.Draining, happened),
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened.Kind, "unknown event"),
        };
    }

    private InstanceLife AfterPassed(in InstanceEvent happened, InstancePolicy policy) => State switch
    {
        InstanceState.Starting => To(InstanceState.Ready, happened) with { WasReady = true, FailedChecks = 0 },
        InstanceState.Ejected when happened.At >= Until => To(InstanceState.Ready, happened) with { FailedChecks = 0 },
        InstanceState.Ejected => this with { FailedChecks = 0 },
        InstanceState.Ready when happened.At - Since >= policy.ForgivenAfter => this with { FailedChecks = 0, Ends = 0, Ejections = 0 },
        InstanceState.Ready => this with { FailedChecks = 0 },
        _ => this,
    };

    private InstanceLife AfterFailed(in InstanceEvent happened, InstancePolicy policy)
    {
        var failed = FailedChecks + 1;
        return State switch
        {
            InstanceState.Starting => this with { Message = happened.Message },
            InstanceState.Ready when failed >= policy.ChecksToEject => To(InstanceState.Ejected, happened) with { FailedChecks = failed, Until = happened.At },
            InstanceState.Ready => this with { FailedChecks = failed },
            InstanceState.Ejected => this with { FailedChecks = failed, Message = happened.Message },
            _ => this,
        };
    }

    private InstanceLife To(InstanceState state, in InstanceEvent happened) => this with { State = state, Since = happened.At, Message = happened.Message };
}
