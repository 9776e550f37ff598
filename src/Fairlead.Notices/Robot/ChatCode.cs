namespace Fairlead.Notices.Robot;

/// <summary>A code by which a user can say to the robot who it is.</summary>
public sealed record ChatCode(string User, string Code, DateTimeOffset ExpiresAt);
