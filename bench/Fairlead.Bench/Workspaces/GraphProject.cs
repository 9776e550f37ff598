using System.Text;

namespace Fairlead.Bench.Workspaces;

/// <summary>
/// The same graph for three programs: one step that reads many files of data, and many that read what it makes. Each program has a folder of its own with the
/// same data, so that none profits from another's.
/// </summary>
internal static class GraphProject
{
    private const int FilesByFolder = 500;

    /// <param name="steps">Variants beside the first step.</param>
    /// <param name="files">Files of data.</param>
    public static async Task CreateForFairleadAsync(string folder, int steps, int files, CancellationToken cancellationToken)
    {
        WriteData(folder, files);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "fairlead.yaml"),
            $$"""
            project: graph
            owner: bench@example.com
            datasets:
              data: { path: data }
            steps:
              scan:
                run: echo scanned > out/scan
                inputs: { data: dataset:data }
                outputs: [scan]
              make:
                run: echo $FAIRLEAD_PARAM_I > out/x
                matrix: { i: [{{string.Join(", ", Enumerable.Range(0, steps))}}] }
                inputs: { scan: scan/scan }
                outputs: [x]

            """,
            cancellationToken);
        // As ever with data: git need not look at it.
        await File.WriteAllTextAsync(Path.Combine(folder, ".gitignore"), "data/\n", cancellationToken);
        var git = new GitFolder(folder);
        await git.InitAsync(GitFolder.Quiet, cancellationToken);
        await git.CommitAsync("Start", cancellationToken);
    }

    public static async Task CreateForNinjaAsync(string folder, int steps, int files, CancellationToken cancellationToken)
    {
        var data = WriteData(folder, files);
        var text = new StringBuilder("rule make\n  command = echo $out > $out\n");
        text.Append("build scan: make ").AppendJoin(' ', data).Append('\n');
        for (var step = 0; step < steps; step++)
            text.Append("build out/").Append(step).Append(": make scan\n");
        Directory.CreateDirectory(Path.Combine(folder, "out"));
        await File.WriteAllTextAsync(Path.Combine(folder, "build.ninja"), text.ToString(), cancellationToken);
    }

    /// <summary>Its outputs are there already: it would take most of an hour to make them, and decides by times alone.</summary>
    public static async Task CreateForSnakemakeAsync(string folder, int steps, int files, CancellationToken cancellationToken)
    {
        WriteData(folder, files);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Snakefile"),
            $$"""
            rule all:
                input: expand("out/{i}", i=range({{steps}}))
            rule scan:
                input: [f"data/{i // {{FilesByFolder}}}/{i}" for i in range({{files}})]
                output: "scan"
                shell: "echo scanned > {output}"
            rule make:
                input: "scan"
                output: "out/{i}"
                shell: "echo {wildcards.i} > {output}"

            """,
            cancellationToken);
        Directory.CreateDirectory(Path.Combine(folder, "out"));
        await File.WriteAllTextAsync(Path.Combine(folder, "scan"), "scanned\n", cancellationToken);
        for (var step = 0; step < steps; step++)
            await File.WriteAllTextAsync(Path.Combine(folder, "out", $"{step}"), $"{step}\n", cancellationToken);
    }

    /// <returns>Paths relative to the folder.</returns>
    private static List<string> WriteData(string folder, int files)
    {
        var paths = new List<string>(files);
        for (var file = 0; file < files; file++)
        {
            var path = $"data/{file / FilesByFolder}/{file}";
            if (file % FilesByFolder == 0)
                Directory.CreateDirectory(Path.Combine(folder, "data", $"{file / FilesByFolder}"));
            File.WriteAllText(Path.Combine(folder, path), $"{file}\n");
            paths.Add(path);
        }

        return paths;
    }
}
