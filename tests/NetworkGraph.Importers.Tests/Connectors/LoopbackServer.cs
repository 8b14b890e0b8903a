using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace NetworkGraph.Importers.Tests.Connectors;

/// <summary>A server program of Debian's on a free port of the loopback, in a folder of its own; both go with it.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    public const string User = "me";
    public const string Password = "a-secret-of-the-test";

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private LoopbackServer(Process process, DirectoryInfo folder, int port) => (_process, _folder, Port) = (process, folder, port);

    public int Port { get; }

    /// <summary>
    /// Dovecot with an empty mailbox, a folder for what was sent and one for drafts; the test is skipped where it is not installed.
    /// </summary>
    public static Task<LoopbackServer> DovecotAsync() => StartAsync("/usr/sbin/dovecot", (folder, port) =>
    {
        var isRoot = Environment.UserName == "root";
        var mail = Directory.CreateDirectory(Path.Combine(folder, "mail"));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        if (isRoot) Run("chown", "-R", "mail:mail", mail.FullName);
        var (user, group) = isRoot ? ("mail", "mail") : (Environment.UserName, Environment.UserName);
        var own = isRoot ? "" : $"default_internal_user = {user}\ndefault_login_user = {user}\ndefault_internal_group = {group}\n";
        File.WriteAllText(Path.Combine(folder, "dovecot.conf"), $$"""
            base_dir = {{folder}}/run
            state_dir = {{folder}}/run
            log_path = {{folder}}/log
            protocols = imap
            listen = 127.0.0.1
            ssl = no
            disable_plaintext_auth = no
            mail_location = maildir:{{mail.FullName}}/%u
            first_valid_uid = 1
            {{own}}
            passdb {
              driver = static
              args = password={{Password}}
            }
            userdb {
              driver = static
              args = uid={{user}} gid={{group}} home={{mail.FullName}}/%u
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = {{port}}
              }
              inet_listener imaps {
                port = 0
              }
            }
            service anvil {
              chroot =
            }
            namespace inbox {
              inbox = yes
              mailbox Sent {
                special_use = \Sent
                auto = create
              }
              mailbox Drafts {
                special_use = \Drafts
                auto = create
              }
            }
            """);
        return ["-F", "-c", Path.Combine(folder, "dovecot.conf")];
    });

    /// <summary>Radicale without any collection; the test is skipped where it is not installed.</summary>
    public static Task<LoopbackServer> RadicaleAsync() => StartAsync("/usr/bin/radicale", (folder, port) =>
    {
        File.WriteAllText(Path.Combine(folder, "users"), $"{User}:{Password}\n");
        return
        [
            "--server-hosts", $"127.0.0.1:{port}", "--storage-filesystem-folder", Path.Combine(folder, "collections"), "--auth-type",
                "htpasswd", "--auth-htpasswd-filename", Path.Combine(folder, "users"),
            "--auth-htpasswd-encryption", "plain", "--auth-delay", "0",
        ];
    });

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task<LoopbackServer> StartAsync(string program, Func<string, int, string[]> configure)
    {
        Assert.SkipUnless(File.Exists(program), $"{program} is not installed.");
        var folder = Directory.CreateTempSubdirectory("networkgraph-");
        var port = FreePort();
        var start = new ProcessStartInfo(program, configure(folder.FullName, port))
        { RedirectStandardError = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var server = new LoopbackServer(process, folder, port);
        await Until.TrueAsync($"{program} listens", () => ListensAsync(port));
        return server;
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
    }
}
