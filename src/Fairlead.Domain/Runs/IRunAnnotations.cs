namespace Fairlead.Domain.Runs;

/// <summary>The seam to what is said of runs after they have ended.</summary>
public interface IRunAnnotations
{
    /// <summary>The same runs in the same order, each with its annotations.</summary>
    Task<IReadOnlyList<Run>> AnnotateAsync(IReadOnlyList<Run> runs, CancellationToken cancellationToken);
}
