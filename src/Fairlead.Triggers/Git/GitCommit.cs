namespace Fairlead.Triggers.Git;

/// <param name="Message">First line.</param>
internal sealed record GitCommit(string Name, string Author, string Message)
{
    public string Short => Name[..Math.Min(10, Name.Length)];
}
