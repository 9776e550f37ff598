namespace Fairlead.Web.Contracts;

/// <param name="Recorded">Outcomes that are on the disk now.</param>
public sealed record OutcomesAnswer(int Recorded);
