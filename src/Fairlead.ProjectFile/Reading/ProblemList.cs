using Fairlead.Domain.Projects;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Collects what is wrong, up to a bound that no person would read beyond.</summary>
internal sealed class ProblemList
{
    public const int Limit = 200;
    private readonly HashSet<ProjectProblem> problems = [];

    public bool IsEmpty => problems.Count == 0;

    public bool IsFull => problems.Count >= Limit;

    public void Add(Place place, string message)
    {
        if (!IsFull)
            problems.Add(new ProjectProblem(place.Line, place.Column, Quoted.Line(message)));
    }

    /// <summary>In file order.</summary>
    public IReadOnlyList<ProjectProblem> ToList()
    {
        List<ProjectProblem> sorted = [.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column).ThenBy(problem => problem.Message, StringComparer.Ordinal)];
        if (IsFull)
            sorted.Add(new ProjectProblem(sorted[^1].Line, sorted[^1].Column, $"only the first {Limit} problems are listed; mend these and read the file again"));
        return sorted;
    }
}
