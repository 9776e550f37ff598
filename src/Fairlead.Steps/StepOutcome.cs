namespace Fairlead.Steps;

public enum StepOutcome
{
    /// <summary>Executed with success.</summary>
    Executed,

    /// <summary>A recorded run with the same key was reused.</summary>
    Cached,

    /// <summary>Executed, and failed or ended by its timeout.</summary>
    Failed,

    /// <summary>Not executed, because something that it needs failed.</summary>
    Skipped,

    /// <summary>Left out, because its condition does not hold or something that it needs was left out. No failure.</summary>
    Unwanted,
}
