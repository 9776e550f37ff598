namespace Fairlead.Steps.Execution;

internal enum ExecutionEnd
{
    /// <summary>The command ended by itself, or by a signal of somebody else.</summary>
    Exited,

    /// <summary>The engine ended it because its time was over.</summary>
    TimedOut,

    /// <summary>The engine ended it because it used more than it may.</summary>
    OverLimit,

    /// <summary>The engine ended it because somebody asked for it.</summary>
    Cancelled,
}
