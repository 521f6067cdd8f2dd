// A real SMTP server in a process of its own. Prints its port, then one line of JSON for each mail it takes.
// Recipients named `refused…` are refused for good, `busy…` for now.
import { SMTPServer } from 'smtp-server';

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo({ address }, _session, done) {
    if (address.startsWith('refused')) return done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
    if (address.startsWith('busy')) return done(Object.assign(new Error('come back'), { responseCode: 451 }));
    done();
  },
  onData(stream, { envelope }, done) {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
      const to = envelope.rcptTo.map(({ address }) => address);
      console.log(JSON.stringify({ from: envelope.mailFrom.address, to, raw: Buffer.concat(chunks).toString('utf8') }));
      done();
    });
  },
});

server.listen(0, '127.0.0.1', () => console.log(server.server.address().port));
