namespace Fairlead.Domain.Projects;

/// <summary>One commit of the project's history.</summary>
/// <param name="Commit">Full object name.</param>
/// <param name="Author">Name of who wrote it.</param>
/// <param name="Email">Address of who wrote it.</param>
/// <param name="At">When it was committed.</param>
/// <param name="Subject">First line of its message.</param>
public sealed record CommitEntry(string Commit, string Author, string Email, DateTimeOffset At, string Subject);
