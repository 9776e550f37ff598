using Fairlead.Bench.Scenarios;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench;

/// <summary>What to measure, and for how long.</summary>
internal sealed record BenchOptions
{
    public static readonly string Usage =
        $"known: --quick, --project flights|churn, --only {string.Join('|', ScenarioList.Names)} (may be repeated), --out FILE, --record, --root FOLDER, --fairlead FILE";

    /// <summary>Folder of the repository.</summary>
    public required string Root { get; init; }

    /// <summary>The program under test.</summary>
    public required string Fairlead { get; init; }

    public bool Quick { get; init; }

    public required Workload Workload { get; init; }

    /// <summary>Names of scenarios; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>JSON lines are appended here.</summary>
    public required string ResultFile { get; init; }

    /// <summary>Write the table into the document of results as well.</summary>
    public bool Record { get; init; }

    /// <summary>Times that each contender is measured; the median counts.</summary>
    public int Rounds => Quick ? 1 : 5;

    /// <summary>How long each measurement of load takes.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(Quick ? 1 : 4);

    /// <summary>How long each contender is loaded before anything counts: programs on .NET are compiled anew while they run hot.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(Quick ? 2 : 10);

    /// <exception cref="BenchException">The command line is not understood.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var flags = new HashSet<string>(StringComparer.Ordinal);
        var only = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--quick" or "--record":
                    flags.Add(arguments[i]);
                    break;
                case "--only" when i + 1 < arguments.Count:
                    only.Add(arguments[++i]);
                    break;
                case "--project" or "--out" or "--root" or "--fairlead" when i + 1 < arguments.Count:
                    values[arguments[i]] = arguments[++i];
                    break;
                default:
                    throw new BenchException($"'{arguments[i]}' is not an option, or lacks its value; {Usage}.", isUsage: true);
            }
        }

        var unknown = only.FirstOrDefault(name => !ScenarioList.Names.Contains(name));
        if (unknown is not null)
            throw new BenchException($"'{unknown}' is not a scenario; {Usage}.", isUsage: true);
        var root = Path.GetFullPath(values.GetValueOrDefault("--root") ?? Directory.GetCurrentDirectory());
        var quick = flags.Contains("--quick");
        return new BenchOptions
        {
            Root = root,
            Fairlead = Path.GetFullPath(values.GetValueOrDefault("--fairlead") ?? Path.Combine(root, "fairlead")),
            Quick = quick,
            Workload = Workload.Named(values.GetValueOrDefault("--project") ?? (quick ? "churn" : "flights")),
            Only = only,
            ResultFile = Path.GetFullPath(values.GetValueOrDefault("--out") ?? Path.Combine(root, "artifacts", "bench", "results.jsonl")),
            Record = flags.Contains("--record"),
        };
    }
}
