using Fairlead.Domain.Projects;

namespace Fairlead.Roles;

/// <summary>Each process that appends to the capture log has a folder of its own.</summary>
internal static class LogFolders
{
    public static string Host(StateFolder state) => Path.Combine(state.CaptureLog, "host");

    public static string Control(StateFolder state) => Path.Combine(state.CaptureLog, "control");
}
