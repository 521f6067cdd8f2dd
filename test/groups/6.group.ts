import './group.js';
