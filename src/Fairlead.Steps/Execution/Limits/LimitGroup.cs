namespace Fairlead.Steps.Execution.Limits;

/// <summary>What holds the processes of one step to its limits.</summary>
internal abstract class LimitGroup : IDisposable
{
    /// <summary>How, as the record has it; null when it is there for the account alone.</summary>
    public abstract string? Mode { get; }

    /// <summary>Folders of groups that the step's first process enters before anything else.</summary>
    public virtual IReadOnlyList<string> Entrances => [];

    /// <summary>Processors that it is bound to; null where something else shares them out.</summary>
    public virtual int? Processors => null;

    /// <summary>Somebody has to look from time to time; otherwise the system ends the step by itself.</summary>
    public abstract bool NeedsWatching { get; }

    /// <summary>What is broken now; null for nothing.</summary>
    /// <param name="leader">The step's first process, which lives.</param>
    public abstract LimitBreach? Look(int leader);

    /// <summary>What was broken, asked when the step has ended; null for nothing.</summary>
    public virtual LimitBreach? LookBack() => null;

    /// <summary>Null where only the system's account of the first process is known.</summary>
    public virtual LimitUsage? ReadUsage() => null;

    public virtual void Dispose()
    {
    }
}
