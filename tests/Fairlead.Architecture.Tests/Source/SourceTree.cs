namespace Fairlead.Architecture.Tests.Source;

/// <summary>Everything that people wrote below <c>src/</c>.</summary>
internal sealed record SourceTree(IReadOnlyList<ProjectFile> Projects, IReadOnlyList<SourceFile> Files)
{
    private static readonly string[] TextExtensions = [".cs", ".razor", ".csproj", ".sql", ".json", ".yaml", ".yml", ".sh", ".js", ".css", ".proto", ".md", ".txt", ".html"];

    /// <param name="root">The folder that holds <c>src/</c>.</param>
    public static SourceTree Load(string root)
    {
        var source = Path.Combine(root, "src");
        List<SourceFile> files =
        [
            .. Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories)
                .Where(path => TextExtensions.Contains(Path.GetExtension(path)))
                .Select(path => (path, relative: Path.GetRelativePath(source, path).Replace('\\', '/')))
                .Where(file => !file.relative.Split('/').Any(folder => folder is "obj" or "bin" or "node_modules"))
                .OrderBy(file => file.relative, StringComparer.Ordinal)
                .Select(file => new SourceFile(file.relative, File.ReadAllText(file.path))),
        ];
        return new SourceTree(
            [.. files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)).Select(file => ProjectFile.Parse(Path.GetFileNameWithoutExtension(file.Path), file.Text))],
            files);
    }

    /// <summary>This repository, found upwards from the test's own binaries.</summary>
    public static SourceTree LoadRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Fairlead.slnx")))
                return Load(folder.FullName);
        }

        throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' holds Fairlead.slnx.");
    }
}
