namespace Fairlead.Bench.Workspaces;

/// <summary>A git repository of its own, made from an example.</summary>
internal sealed class ProjectCopy(string folder)
{
    /// <summary>A second service on the same model whose answers wait for the disk.</summary>
    public const string AcknowledgedService = "acknowledged";
    private const string Services = "services:\n";
    private static readonly string[] NotCopied = ["bin", "obj", "__pycache__", ".fairlead"];

    private readonly GitFolder git = new(folder);

    private string ProjectFile => Path.Combine(folder, "fairlead.yaml");

    public async Task CreateAsync(string root, Workload workload, string branch, CancellationToken cancellationToken)
    {
        Copy(Path.Combine(root, "examples", workload.Folder), folder);
        if (workload.Data is var (from, to))
        {
            var target = Path.Combine(folder, to);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(root, from), target);
        }

        var model = await File.ReadAllTextAsync(ProjectFile, cancellationToken);
        var name = model.Split("models:\n")[1].Split(':')[0].Trim();
        await ReplaceAsync(Services, $"{Services}  {AcknowledgedService}: {{ model: {name}, capture: {{ durability: acknowledged }} }}\n", cancellationToken);
        await git.InitAsync(branch, cancellationToken);
        await git.CommitAsync("Start", cancellationToken);
    }

    /// <summary>Replaces text of the project file and commits.</summary>
    public async Task ChangeAsync((string From, string To) change, CancellationToken cancellationToken)
    {
        await ReplaceAsync(change.From, change.To, cancellationToken);
        await git.CommitAsync($"{change.From} becomes {change.To}", cancellationToken);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var child in Directory.EnumerateDirectories(from).Where(path => !NotCopied.Contains(Path.GetFileName(path))))
            Copy(child, Path.Combine(to, Path.GetFileName(child)));
    }

    private async Task ReplaceAsync(string from, string to, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(ProjectFile, cancellationToken);
        if (!text.Contains(from, StringComparison.Ordinal))
            throw new BenchException($"The project file '{ProjectFile}' does not hold '{from}'; the harness and the example have parted.");
        await File.WriteAllTextAsync(ProjectFile, text.Replace(from, to, StringComparison.Ordinal), cancellationToken);
    }
}
