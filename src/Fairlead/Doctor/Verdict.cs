namespace Fairlead.Doctor;

internal enum Verdict
{
    Good,

    /// <summary>Missing, but only something that not everybody uses needs it.</summary>
    Optional,

    /// <summary>Fairlead does not work without it.</summary>
    Bad,
}
