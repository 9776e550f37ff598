namespace Fairlead.Domain.Runs;

public enum RunStatus
{
    Running,
    Succeeded,

    /// <summary>The command ended with another code than 0, or left out an output.</summary>
    Failed,

    /// <summary>Ended by its timeout.</summary>
    TimedOut,

    /// <summary>Ended because somebody asked for it.</summary>
    Cancelled,

    /// <summary>The control plane ended while it ran.</summary>
    Lost,
}
