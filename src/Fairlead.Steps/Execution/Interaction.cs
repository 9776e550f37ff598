namespace Fairlead.Steps.Execution;

/// <summary>Who is at the other end of a command's input.</summary>
internal enum Interaction
{
    /// <summary>Nobody: it has none.</summary>
    None,

    /// <summary>Another program.</summary>
    Piped,

    /// <summary>A person at a terminal.</summary>
    Terminal,
}
