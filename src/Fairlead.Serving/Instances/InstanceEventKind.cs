namespace Fairlead.Serving.Instances;

/// <summary>What can happen to an instance.</summary>
internal enum InstanceEventKind
{
    /// <summary>Its program was started.</summary>
    Started,

    /// <summary>Its program ended, or could not be started.</summary>
    Ended,

    CheckPassed,
    CheckFailed,

    /// <summary>Too many of its answers were errors, or did not come.</summary>
    AnswersFailed,

    /// <summary>Its server group goes.</summary>
    DrainBegan,
}
