namespace Fairlead.Artifacts.Registry;

/// <summary>A transfer was cut, and has to begin anew.</summary>
internal sealed class RegistryCutException(string message) : Exception(message);
