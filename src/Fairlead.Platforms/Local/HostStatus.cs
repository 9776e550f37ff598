namespace Fairlead.Platforms.Local;

/// <param name="Process">The host's process, null while there is none.</param>
/// <param name="IsHealthy">It lives, and answered when it was last asked.</param>
/// <param name="IsAdopted">An earlier control plane started it.</param>
/// <param name="Crashes">How often it ended without having been asked to, since this supervisor was made.</param>
public sealed record HostStatus(ProcessHandle? Process, bool IsHealthy, bool IsAdopted, int Crashes)
{
    internal static readonly HostStatus None = new(null, false, false, 0);
}
