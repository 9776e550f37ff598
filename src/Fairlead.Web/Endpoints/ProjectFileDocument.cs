namespace Fairlead.Web.Endpoints;

/// <summary>What the room of the project file says of its syntax.</summary>
public sealed record ProjectFileDocument(string JsonSchema);
