namespace Fairlead.Domain.Projects;

/// <summary>One thing that is wrong in a project file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">One sentence: the thing, the value in quotes, the cure.</param>
public sealed record ProjectProblem(int Line, int Column, string Message)
{
    public override string ToString() => $"{Line}:{Column}: {Message}";
}
