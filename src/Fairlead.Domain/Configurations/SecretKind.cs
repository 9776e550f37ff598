namespace Fairlead.Domain.Configurations;

/// <summary>What kind of place a secret's value is found in.</summary>
public enum SecretKind
{
    /// <summary>Kept by Fairlead, encrypted.</summary>
    Kept,

    /// <summary>A variable of the host's own environment.</summary>
    Variable,

    /// <summary>A file that the host can read.</summary>
    File,
}
