namespace Fairlead.Statistics.Tests.Drift;

internal sealed record ScipyAnswer
{
    public required double Ks { get; init; }

    public required double KsP { get; init; }

    public required double Wasserstein { get; init; }

    public required double Chi { get; init; }

    public required double ChiP { get; init; }

    public required int Degrees { get; init; }

    public required double JensenShannon { get; init; }

    public required double Hellinger { get; init; }

    public required double Psi { get; init; }

    public required double PsiP { get; init; }

    public required double PsiThreshold { get; init; }
}
