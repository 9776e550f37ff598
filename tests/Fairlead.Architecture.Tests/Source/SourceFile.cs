namespace Fairlead.Architecture.Tests.Source;

/// <param name="Path">Relative to <c>src/</c>, with '/'.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private CSharpText? code;

    public string Name => System.IO.Path.GetFileName(Path);

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsRazor => Path.EndsWith(".razor", StringComparison.Ordinal);

    /// <summary>Folders between <c>src/</c> and the file, the project's first.</summary>
    public IReadOnlyList<string> Folders => Path.Split('/')[..^1];

    public int Lines => Text.Length == 0 ? 0 : Text.AsSpan().Count('\n') + (Text[^1] == '\n' ? 0 : 1);

    /// <summary>The C# code without what it says in comments and strings.</summary>
    public CSharpText Code => code ??= CSharpText.Of(Text);
}
