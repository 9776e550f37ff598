using Fairlead.Architecture.Tests.Rules;
using Fairlead.Architecture.Tests.Source;

namespace Fairlead.Architecture.Tests;

/// <summary>A tree with what a test plants in it, on disk as a real one.</summary>
internal static class PlantedTree
{
    /// <param name="files">Paths relative to <c>src/</c>, and texts.</param>
    public static IReadOnlyList<string> Check<TRule>(params (string Path, string Text)[] files)
        where TRule : IArchitectureRule, new()
    {
        var root = Directory.CreateTempSubdirectory("fairlead-architecture-");
        try
        {
            foreach (var (path, text) in files)
            {
                var full = Path.Combine(root.FullName, "src", path);
                Directory.CreateDirectory(Path.GetDirectoryName(full)!);
                File.WriteAllText(full, text);
            }

            return [.. new TRule().Check(SourceTree.Load(root.FullName))];
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    public static (string Path, string Text) Project(string name, params string[] items) =>
        ($"{name}/{name}.csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup>{string.Concat(items)}</ItemGroup></Project>");

    public static string ProjectReference(string name) => $"<ProjectReference Include=\"../{name}/{name}.csproj\" />";

    public static string PackageReference(string name) => $"<PackageReference Include=\"{name}\" />";
}
