using System.Reflection;
using Fairlead.Bench.Peer;

namespace Fairlead.Bench.Workspaces;

/// <summary>A project with one command service: this program, as the peer that gives each request the same answer.</summary>
internal static class CommandProject
{
    public const string Service = "echo";
    public const int AnswerBytes = 1024;
    private const string Code = "peer";

    /// <summary>Makes the folder and its repository.</summary>
    public static async Task CreateAsync(string folder, CancellationToken cancellationToken)
    {
        var program = Assembly.GetExecutingAssembly().Location;
        var code = Directory.CreateDirectory(Path.Combine(folder, Code)).FullName;

        // Without the list of its dependencies, none of which the peer uses, the program is two files.
        foreach (var file in new[] { program, Path.ChangeExtension(program, ".runtimeconfig.json") })
            File.Copy(file, Path.Combine(code, Path.GetFileName(file)));
        await File.WriteAllTextAsync(Path.Combine(folder, "fairlead.yaml"), Describe(Path.GetFileName(program)), cancellationToken);
        var git = new GitFolder(folder);
        await git.InitAsync(GitFolder.Quiet, cancellationToken);
        await git.CommitAsync("Start", cancellationToken);
    }

    private static string Describe(string program) => $$"""
        project: bench
        owner: bench@example.com
        services:
          {{Service}}:
            command: exec dotnet {{Code}}/{{program}} {{PeerRole.Word}} {{PeerRole.Answer}} {{AnswerBytes}}
            code: [{{Code}}/]
            health: /
        environments:
          {{Workspace.Environment}}: {}

        """;
}
