namespace Fairlead.Steps.Shells;

/// <summary>Asks for a shell in a step's sandbox.</summary>
/// <param name="Step">A step, or one variant of a matrix.</param>
/// <param name="Command">Program and arguments; empty for a shell.</param>
/// <param name="HasTerminal">A person is at a terminal.</param>
/// <param name="TerminalType">What TERM says there; null when there is none.</param>
public sealed record ShellOrder(string Step, IReadOnlyList<string> Command, bool HasTerminal, string? TerminalType = null);
