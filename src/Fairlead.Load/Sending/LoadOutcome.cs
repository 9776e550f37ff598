namespace Fairlead.Load.Sending;

/// <summary>How a request ended.</summary>
internal enum LoadOutcome
{
    /// <summary>Answered as asked.</summary>
    Succeeded,

    /// <summary>Answered with an error.</summary>
    Refused,

    /// <summary>The connection could not be made or broke before the end of the answer, or the answer could not be read.</summary>
    Lost,

    /// <summary>Not answered within the timeout.</summary>
    TimedOut,

    /// <summary>Under way when the run was cancelled: says nothing about the server.</summary>
    Abandoned,
}
