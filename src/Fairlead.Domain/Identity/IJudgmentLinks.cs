namespace Fairlead.Domain.Identity;

/// <summary>The seam to links by which people come to a judgment.</summary>
public interface IJudgmentLinks
{
    /// <summary>The page of a judgment, for whoever signs in: this one may be told to many.</summary>
    Uri PageOf(int execution, string stage);

    /// <summary>A link that stands for its person in this judgment, once. Whoever has it can judge, so that it is told to that person alone.</summary>
    Uri LinkFor(JudgmentLink link);
}
