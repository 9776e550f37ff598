namespace Fairlead.Domain.Projects;

/// <summary>A number by which a project is judged: an aggregate in SQL over <c>scored</c>.</summary>
public sealed record KpiDefinition
{
    /// <summary>Of predictions that a value is taken of when the file does not say.</summary>
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromHours(24);

    public const int DefaultMinRows = 30;

    public required string Name { get; init; }

    /// <summary>An aggregate over the columns of <c>scored</c>, such as <c>avg(outcome.late)</c>; not checked here.</summary>
    public required string Sql { get; init; }

    /// <summary>Null for a number that is only watched.</summary>
    public Threshold? Goal { get; init; }

    public TimeSpan Window { get; init; } = DefaultWindow;

    /// <summary>Null for every service.</summary>
    public string? Service { get; init; }

    /// <summary>Expressions in SQL, of each value of which there is a value of the KPI too.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>Empty for every environment.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>With fewer rows the goal is neither met nor missed.</summary>
    public int MinRows { get; init; } = DefaultMinRows;

    /// <summary>How long outcomes take to come; until then a value is provisional.</summary>
    public TimeSpan OutcomeDelay { get; init; }
}
