namespace Fairlead.Web.Contracts;

/// <param name="Recorded">Outcomes that are on the disk now.</param>
public sealed record OutcomesAnswer(int Recorded)
{
    /// <summary>Outcomes of predictions that were erased: nothing of them is kept.</summary>
    public int Erased { get; init; }
}
