namespace Fairlead.Conformance;

/// <summary>How binding a rule is.</summary>
public enum Level
{
    /// <summary>The protocol demands it.</summary>
    Must,

    /// <summary>The protocol describes it, or its clients count on it, without demanding it.</summary>
    Should,

    /// <summary>Binds those servers that list the extension in their metadata.</summary>
    Extension,
}
